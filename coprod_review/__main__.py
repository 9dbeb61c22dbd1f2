"""Run the program: ``coprod-review`` and ``python -m coprod_review``."""

import gc
import sys


def main() -> None:
    """Run one command; expected errors become one sentence and exit code 2."""
    # A command is over before collecting would pay; the collector costs a tenth of its time.
    gc.disable()
    from coprod_review.cli import app
    from coprod_review.errors import CoprodReviewError

    for stream in (sys.stdout, sys.stderr):
        # The same bytes whatever the locale.
        stream.reconfigure(encoding="utf-8", errors="replace", newline="\n")  # type: ignore[union-attr]
    try:
        app()
    except CoprodReviewError as error:
        sys.stderr.write(f"coprod-review: {error}\n")
        sys.exit(2)
    except BrokenPipeError:
        # The reader has left, as head does; what it wanted was written.
        sys.stdout = None
        sys.exit(0)


if __name__ == "__main__":
    main()
