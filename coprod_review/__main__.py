"""Run the program: ``coprod-review`` and ``python -m coprod_review``."""

import gc
import os
import sys


def main() -> None:
    """Run one command; expected errors become one sentence and exit code 2."""
    # Commands end before collecting garbage would pay off; the collector takes a tenth of their time.
    gc.disable()
    # Plugins of other programs must not change what is valid here, and searching for them slows down every start.
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"
    from coprod_review.cli import app
    from coprod_review.errors import CoprodReviewError
    from coprod_review.files.writing import OutputClosed

    for stream in filter(None, (sys.stdout, sys.stderr)):
        # The output has the same bytes in every locale.
        stream.reconfigure(encoding="utf-8", errors="replace", newline="\n")
    try:
        app()
    except OutputClosed:
        _discard_output()
        sys.exit(0)
    except CoprodReviewError as error:
        _discard_output()
        from coprod_review.text.escaping import visible

        if sys.stderr is not None:
            sys.stderr.write(f"coprod-review: {visible(str(error))}\n")
        sys.exit(2)


def _discard_output() -> None:
    """Discard output that cannot be written, because Python would try to write it again at exit."""
    if sys.stdout is None:  # standard output was closed before the program began
        return
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    main()
