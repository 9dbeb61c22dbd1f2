"""The types that analyses return (figures, tables, charts, gaps), and the reports that show them."""
