"""What analyses return: figures, tables, charts, gaps, and the reports made of them."""
