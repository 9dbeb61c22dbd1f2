"""What the tests of commands read off a screen."""

import re


def lines_without_commands(text: str) -> list[str]:
    """The lines of a report without its commands, which are never broken so that they can be copied."""
    return [re.sub(r"coprod-review why .*", "", line) for line in text.split("\n")]


def on_one_line(text: str) -> str:
    """A report as one line, so that it does not matter where a line was broken."""
    return " ".join(text.split())
