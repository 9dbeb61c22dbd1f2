"""Helpers for text of any kind: grammar, escaping, suggestions for mistyped words, and templates."""
