"""YAML text with positions: what a file says, what is wrong at a place in it, and edits of it."""
