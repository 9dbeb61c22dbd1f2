"""Find the evidence base, schemas and templates that ship with the package.

In a repository checkout they sit beside the package; in an installed wheel
they sit inside it. The wheel layout is tried first, so a stray ``templates``
folder in site-packages can never be mistaken for ours.
"""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_HOME = _PACKAGE if (_PACKAGE / "templates").is_dir() else _PACKAGE.parent

DATA = _HOME / "data"
SCHEMAS = _HOME / "schemas"
TEMPLATES = _HOME / "templates"
