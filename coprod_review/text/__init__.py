"""Words for text of any kind: grammar, escaping, suggestions for a mistyped word, and templates."""
