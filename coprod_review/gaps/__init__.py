"""The analyses of what is missing, the rules that name gaps, and how counts become figures."""
