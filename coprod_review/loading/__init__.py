"""An evidence base loaded from its files: found, read, checked for shape, assembled."""
