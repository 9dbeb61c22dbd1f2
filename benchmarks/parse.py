"""Parse a YAML file with libyaml alone, without building objects, and print the seconds that it takes.

``events`` hands every event of the C parser to Python; ``scan`` keeps even the events in C.
"""

import sys
import time
from pathlib import Path

import yaml


def events(loader: yaml.CSafeLoader) -> None:
    """Take every event, and discard it."""
    while not isinstance(loader.get_event(), yaml.StreamEndEvent):
        pass


def scan(loader: yaml.CSafeLoader) -> None:
    """Run the C parser to the end."""
    loader.raw_parse()


def main() -> None:
    """Time one of the two on one file: ``python -m benchmarks.parse events studies.yaml``."""
    parse, path = {"events": events, "scan": scan}[sys.argv[1]], Path(sys.argv[2])
    start = time.perf_counter()
    parse(yaml.CSafeLoader(path.read_text(encoding="utf-8")))
    print(time.perf_counter() - start)


if __name__ == "__main__":
    main()
