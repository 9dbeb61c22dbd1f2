"""The citation and the reference of every work of the shipped base in every style, as they were checked by hand.

``python -m tests.shipped_data.references`` writes ``references.txt`` again, two lines a work.
"""

from pathlib import Path

from coprod_review.validate import valid_base
from tests.bibliography.works import references

LIST = Path(__file__).parent / "references.txt"

if __name__ == "__main__":
    LIST.write_text(references(valid_base.load().studies), encoding="utf-8")
