"""Find the evidence base, schemas and templates that ship with the package.

In a checkout of the repository they are next to the package, and in an installed wheel inside it. The layout of the
wheel is tried first, so that a folder ``templates`` of another package in site-packages is never used.
"""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_HOME = _PACKAGE if (_PACKAGE / "templates").is_dir() else _PACKAGE.parent

IS_INSTALLED = _HOME == _PACKAGE
"""Whether the data are a part of an installed package, and not of a checkout in which people change them."""
DATA = _HOME / "data"
SCHEMAS = _HOME / "schemas"
TEMPLATES = _HOME / "templates"
