"""Where bytes come from and go to: paths as people read them, and files written whole or not at all."""
