"""Load an evidence base from its files: find them, parse them, convert them to models, and assemble the base."""
