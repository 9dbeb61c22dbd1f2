"""Where YAML programs read a word differently, we say so; where we say nothing, they all agree with us."""

from itertools import product

import pytest
import yaml
from ruamel.yaml import YAML

from coprod_review.source.positions import Value
from coprod_review.source.scalars import resolve
from coprod_review.source.yaml_text import YamlText

SIGNS = "019.-+eE_:xo"
# What ends in a colon is a key, and a dash begins a list: neither is a word.
NUMBERS = [
    word
    for n in range(1, 5)
    for word in map("".join, product(SIGNS, repeat=n))
    if not word.endswith(":") and word != "-"
]
WORDS = [
    *("y", "n", "yes", "No", "ON", "off", "true", "True", "TRUE", "tRUE", "null", "Null", "NULL", "nULL", "~"),
    *("=", "<<", "2019-01-01", "2019-1-1", "2019-01-01 10:00:00", "2019-01-01T10:00:00Z", ".inf", "-.Inf"),
    *(".NaN", "0b101", "-0x1F", "12:30", "0:30", "0:30.5", "-12:30"),
    *("1_000.5", "1_0.5e+3", "5.0_1", ".5_0", "089", "089.5", "0o17", "1e5", "1.5e3", "1.5e+3", "190:20:30", "9" * 15),
]  # fmt: skip


def _by_1_1(words: list[str]) -> list[object]:
    return list(yaml.load("".join(f"- {word}\n" for word in words), Loader=yaml.CSafeLoader))


def _by_1_2(words: list[str]) -> list[object]:
    return list(YAML(typ="safe", pure=True).load("".join(f"- {word}\n" for word in words)))


def _same(ours: Value, theirs: object) -> bool:
    return type(ours) is type(theirs) and ours == theirs


@pytest.mark.slow
@pytest.mark.parametrize("words", [NUMBERS, WORDS], ids=["numbers", "words"])
def test_unambiguous_words_parse_alike_everywhere(words: list[str]) -> None:
    quiet = [word for word in words if not resolve(word)[1]]
    read = zip(quiet, map(resolve, quiet), _by_1_1(quiet), _by_1_2(quiet), strict=True)
    assert [(word, old, new) for word, (ours, _), old, new in read if not (_same(ours, old) and _same(ours, new))] == []
    assert 5 < len(quiet) < len(words)


@pytest.mark.parametrize("word", ["89", "8.5", "-3", "word", "case-study", "10.1108/MHSI-10-2018-0035", "3.1.2", "v1"])
def test_plain_words_are_no_traps(word: str) -> None:
    assert resolve(word)[1] is None


@pytest.mark.parametrize("written", ["9007199254740992", "-9007199254740992", "9" * 5_000, "1" * 300 + ".5"])
def test_numbers_that_lose_precision_are_traps(written: str) -> None:
    assert resolve(written) == (written, "a rounded number")


@pytest.mark.parametrize("written", ["9007199254740991", "-9007199254740991"])
def test_the_largest_number_is_a_number(written: str) -> None:
    assert resolve(written) == (int(written), None)


def test_a_trap_is_reported_with_what_to_type() -> None:
    (found,) = YamlText("page: 089\n", "x.yaml").parse_errors
    assert (found.kind, found.hint, found.replacement) == ("trap", 'write "089"', '"089"')
