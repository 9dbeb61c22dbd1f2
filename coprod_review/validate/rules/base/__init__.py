"""Rules about the base as a whole, and about the comments that suppress a rule."""
