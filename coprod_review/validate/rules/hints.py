"""Hints that several rules give; this module is not a rule itself."""

FULL_TEXTS_NEEDED = "to remove this note, somebody has to read the full texts"
KEEP_ONE = "keep one of the two"
