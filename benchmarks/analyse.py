"""Load a base in this process, run every analysis on it, and print the seconds that one of the two takes.

``load`` prints the time of loading and checking. ``all`` also loads, and prints the time of the analyses alone, so that
the peak memory of the two processes can be compared.
"""

import sys
import time

from coprod_review.gaps import registry
from coprod_review.loading import discovery
from coprod_review.validate import valid_base


def main() -> None:
    """Time one of the two on one base: ``python -m benchmarks.analyse all BASE``."""
    what, base_path = sys.argv[1:3]
    start = time.perf_counter()
    base = valid_base.require_valid(discovery.read_base(base_path))
    loaded = time.perf_counter()
    results = registry.all_results(base.studies, base.framework) if what == "all" else ()
    print(time.perf_counter() - loaded if results else loaded - start)


if __name__ == "__main__":
    main()
