"""What is missing: the analyses, the rules by which gaps are named, and how counts become figures."""
