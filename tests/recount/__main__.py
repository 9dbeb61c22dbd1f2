"""Print the four cells, the shares and the ratio of a base: ``python -m tests.recount [FOLDER]``."""

import sys
from pathlib import Path

from tests.recount.reading import DATA
from tests.recount.sentences import sentences

for line in sentences(Path(sys.argv[1]) if len(sys.argv) > 1 else DATA):
    print(line)
