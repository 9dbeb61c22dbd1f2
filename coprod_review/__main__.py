"""Run the program: ``coprod-review`` and ``python -m coprod_review``."""

import gc
import os
import sys


def main() -> None:
    """Run one command; expected errors become one sentence and exit code 2."""
    # A command is over before collecting would pay; the collector costs a tenth of its time.
    gc.disable()
    # No plugin of another program changes what is valid here, and none has to be searched for at every start.
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"
    from coprod_review.cli import app
    from coprod_review.errors import CoprodReviewError
    from coprod_review.files.writing import OutputClosed

    for stream in filter(None, (sys.stdout, sys.stderr)):
        # The same bytes whatever the locale.
        stream.reconfigure(encoding="utf-8", errors="replace", newline="\n")
    try:
        app()
    except OutputClosed:
        _give_up_on_output()
        sys.exit(0)
    except CoprodReviewError as error:
        _give_up_on_output()
        from coprod_review.text.escaping import visible

        if sys.stderr is not None:
            sys.stderr.write(f"coprod-review: {visible(str(error))}\n")
        sys.exit(2)


def _give_up_on_output() -> None:
    """Let nothing try again at the end to write what could not be written."""
    if sys.stdout is None:  # it was closed before the program began
        return
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    main()
