"""Every sentence about a base, its studies and its figures, each written once."""
