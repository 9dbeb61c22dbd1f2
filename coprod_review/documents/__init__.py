"""Formats of documents: every writer by the suffix of its files."""
