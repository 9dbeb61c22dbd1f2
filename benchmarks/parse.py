"""Read a YAML file as libyaml alone does, with nothing built, and print the seconds it took.

``events`` hands every event of the C parser to Python; ``scan`` leaves even the
events in C, and only counts them.
"""

import sys
import time
from pathlib import Path

import yaml


def events(loader: yaml.CSafeLoader) -> None:
    """Take every event, and drop it."""
    while not isinstance(loader.get_event(), yaml.StreamEndEvent):
        pass


def scan(loader: yaml.CSafeLoader) -> None:
    """Let the C parser run to the end."""
    loader.raw_parse()


def main() -> None:
    """Time one of the two on one file: ``python -m benchmarks.parse events studies.yaml``."""
    way, path = {"events": events, "scan": scan}[sys.argv[1]], Path(sys.argv[2])
    start = time.perf_counter()
    way(yaml.CSafeLoader(path.read_text(encoding="utf-8")))
    print(time.perf_counter() - start)


if __name__ == "__main__":
    main()
