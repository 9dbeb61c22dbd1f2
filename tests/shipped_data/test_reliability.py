"""The agreement in base.yaml is that of the two readings in reliability.csv, and each difference is decided."""

import csv
import math
from collections import Counter
from typing import Any

import pytest
import yaml

from tests.bases import SHIPPED

pytestmark = pytest.mark.shipped_data

Pairs = list[tuple[str, str]]
CHANGED_RULE = " (changed rule)"


def agreement(pairs: Pairs) -> tuple[int, float, float, float]:
    """Return the number of agreements, Cohen's kappa and its 95% interval (Fleiss, Cohen and Everitt 1969)."""
    n = len(pairs)
    first, second, both = Counter(a for a, _ in pairs), Counter(b for _, b in pairs), Counter(pairs)
    codes = first.keys() | second.keys()
    observed = sum(a == b for a, b in pairs) / n
    expected = sum(first[c] * second[c] for c in codes) / n**2
    kappa = (observed - expected) / (1 - expected)
    same = sum(both[c, c] / n * ((1 - expected) - (first[c] + second[c]) / n * (1 - observed)) ** 2 for c in codes)
    other = (1 - observed) ** 2 * sum(
        both[a, b] / n * ((second[a] + first[b]) / n) ** 2 for a in codes for b in codes if a != b
    )
    variance = same + other - (observed * expected - 2 * expected + observed) ** 2
    half = 1.959964 * math.sqrt(max(variance, 0) / n) / (1 - expected) ** 2
    return round(observed * n), kappa, kappa - half, min(1.0, kappa + half)


def _rows() -> list[dict[str, str]]:
    with (SHIPPED / "reliability.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _stated() -> list[dict[str, Any]]:
    base = yaml.safe_load((SHIPPED / "base.yaml").read_text(encoding="utf-8"))
    return [entry for entry in base["reliability"] if entry["schema"] == "coprod-review/base/2"]


def _pairs(field: str) -> Pairs:
    rows = [row for row in _rows() if row["field"] == field]
    pairs = [(row["first_reading"], row["second_reading"]) for row in rows]
    if field != "setting":
        return pairs
    book = yaml.safe_load((SHIPPED / "codebook.yaml").read_text(encoding="utf-8"))
    terms = [term["id"] for term in book["vocabularies"]["settings"]["terms"]]
    return [(str(term in a.split()), str(term in b.split())) for a, b in pairs for term in terms]


def test_agreement_of_a_worked_case() -> None:
    # Of 30 works, both readings find 1 and not 27; they differ on 2. So 28 of 30, and kappa 0.46 (methods notes 4.4).
    found, kappa, low, high = agreement([("yes", "yes")] + [("no", "no")] * 27 + [("yes", "no"), ("no", "yes")])
    assert (found, round(kappa, 2)) == (28, 0.46)
    assert low < kappa < high


def test_stated_agreement_is_that_of_the_two_readings() -> None:
    seen = set[str]()
    for entry in _stated():
        field = entry["field"] + (CHANGED_RULE if entry["field"] in seen else "")
        seen.add(entry["field"])
        pairs = _pairs(field)
        found, kappa, low, high = agreement(pairs)
        assert (entry["units"], entry["agreements"]) == (len(pairs), found), field
        assert (entry["kappa"], entry["low"], entry["high"]) == (round(kappa, 2), round(low, 2), round(high, 2)), field
        studies = {row["unit"].partition(".")[0] for row in _rows() if row["field"] == field}
        assert entry["studies"] == len(studies), field
    assert {row["field"] for row in _rows()} == seen | {
        f"findings.{name}{CHANGED_RULE}" for name in ("asserts", "beneficiary")
    }


def test_every_difference_is_decided_with_a_reason() -> None:
    for row in _rows():
        differs = row["first_reading"] != row["second_reading"] and not row["field"].endswith(CHANGED_RULE)
        if differs or row["decided"]:
            assert row["decided"], row
            assert row["reason"].endswith("."), row


def test_the_base_has_the_decided_codes_of_the_aims() -> None:
    studies = yaml.safe_load((SHIPPED / "studies.yaml").read_text(encoding="utf-8"))["studies"]
    codes = {s["id"]: {f"aims.{side}": aim["code"] for side, aim in s["aims"].items()} for s in studies if "aims" in s}
    for row in _rows():
        if row["field"].startswith("aims."):
            assert codes[row["unit"]][row["field"]] == (row["decided"] or row["first_reading"]), row
