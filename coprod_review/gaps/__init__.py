"""Analyses of what is missing, rules that name gaps, and the making of figures from counts."""
