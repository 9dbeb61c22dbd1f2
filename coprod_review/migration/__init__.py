"""Older formats of a base: recognise them, and bring the texts of a base to the format that the program reads."""
