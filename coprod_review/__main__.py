"""Run the program: ``coprod-review`` and ``python -m coprod_review``."""

import gc
import os
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
        try:
            app()
        finally:
            sys.stdout.flush()
    except CoprodReviewError as error:
        _leave(f"coprod-review: {error}\n", 2)
    except BrokenPipeError:
        # The reader has left, as head does; what it wanted was written.
        _leave("", 0)
    except OSError as error:
        _leave(f"coprod-review: the output was not written: {(error.strerror or 'no reason given').lower()}.\n", 2)


def _leave(message: str, code: int) -> None:
    """End with a message and a code, and with no second attempt to write what could not be written."""
    sys.stderr.write(message)
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(code)


if __name__ == "__main__":
    main()
