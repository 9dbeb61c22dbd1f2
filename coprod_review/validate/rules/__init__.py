"""The rules, one module each, in one package for each family of codes."""
