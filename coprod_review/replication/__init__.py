"""Statements of the review set beside the same points counted in this base."""
