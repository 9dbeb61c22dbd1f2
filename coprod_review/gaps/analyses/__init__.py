"""The analyses, one module each, with ``QUESTION`` and ``analyse(studies, framework, ...) -> Result``."""
