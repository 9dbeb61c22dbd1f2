"""The claims of the review: what was seen of each, its numbers again, what corrects it, and how they are filtered."""

import csv
import io
import json
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from coprod_review import bundled as package
from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.reports.claims import claims_report
from tests.conftest import base_of, entry
from tests.recount import intervals

FORMATS = ("terminal", "json", "csv", "markdown")
KEYS = {
    "id", "section", "stakeholder", "claim", "cites", "references", "figures", "corroboration", "status", "note"
}  # fmt: skip
WORDS = {
    "supported": "supported", "partly": "partly supported", "not_seen": "not found", "contradicted": "mis-cited",
    "not_judged": "not judged",
}  # fmt: skip

Entry = dict[str, Any]


def _file(name: str) -> Any:
    return yaml.load((package.DATA / f"{name}.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader)


@pytest.fixture(scope="module")
def review() -> Entry:
    """The review as it is written."""
    found: Entry = _file("review")
    return found


@pytest.fixture(scope="module")
def studies() -> dict[str, Entry]:
    """The entries as they are written, by id."""
    return {s["id"]: s for s in _file("studies")["studies"]}


@pytest.fixture
def reported(run: Any) -> list[Entry]:
    """Every claim as JSON."""
    done = run("claims", "--format", "json")
    assert (done.code, done.err) == (0, "")
    found: list[Entry] = json.loads(done.out)
    return found


def _status(claim: Entry) -> str:
    """The worst that is known; supported only where every cited work was seen to say it."""
    codes = list(claim["corroboration"].values())
    if "contradicted" in codes:
        return "contradicted"
    if set(codes) == {"supported"}:
        return "supported"
    if {"supported", "partly"} & set(codes):
        return "partly"
    return "not_seen" if "not_seen" in codes else "not_judged"


def _is_share(quantity: Entry) -> bool:
    is_rate = (quantity.get("unit") or "").startswith("percent")
    return not is_rate and (quantity.get("percent") is not None or quantity.get("N") is not None)


def _bare(quantity: Entry) -> bool:
    return quantity.get("denominator") == "not_reported" or quantity.get("N") is None


# --- what a claim tells ----------------------------------------------------------------


def test_the_keys_are_those_of_the_contract(reported: list[Entry], review: Entry) -> None:
    assert len(reported) == len(review["claims"])
    for claim in reported:
        assert set(claim) >= KEYS, claim["id"]
        assert set(claim["corroboration"]) == set(claim["cites"])
        assert len(claim["references"]) == len(claim["cites"])


def test_claims_match_the_file(reported: list[Entry], review: Entry, studies: dict[str, Entry]) -> None:
    assert [c["id"] for c in reported] == [c["id"] for c in review["claims"]]
    for claim, written in zip(reported, review["claims"], strict=True):
        for key in ("section", "stakeholder", "claim", "cites", "corroboration"):
            assert claim[key] == written[key], (claim["id"], key)
        assert claim["note"] == written.get("note")
        assert claim["references"] == [studies[i].get("reference") for i in written["cites"]]
        assert claim["cited_via"] == [studies[i].get("cited_via") for i in written["cites"]]


def test_status_follows_from_corroboration(reported: list[Entry], review: Entry) -> None:
    statuses = {c["id"]: _status(c) for c in review["claims"]}
    assert {c["id"]: c["status"] for c in reported} == statuses
    assert {"supported", "partly", "not_seen", "contradicted"} <= set(statuses.values())


def test_claim_figures_are_recomputed(reported: list[Entry], review: Entry) -> None:
    computed = 0
    for claim, written in zip(reported, review["claims"], strict=True):
        assert len(claim["figures"]) == len(written.get("figures", []))
        for figure, plain in zip(claim["figures"], written.get("figures", []), strict=True):
            for key in ("label", "n", "N", "percent", "unit", "denominator", "note"):
                assert figure[key] == plain.get(key), (claim["id"], key)
            n, total = plain.get("n"), plain.get("N")
            if isinstance(n, int) and total:
                computed += 1
                assert figure["value"] == pytest.approx(n / total, abs=1e-12)
                interval = (figure["interval"]["low"], figure["interval"]["high"])
                assert interval == pytest.approx(intervals.share_interval(n, total), abs=1e-12)
                assert figure["reason"] is None
            else:
                assert figure["value"] is figure["interval"] is None
                assert bool(figure["reason"]) == _is_share(plain), (claim["id"], figure["label"])
    assert computed


# --- errata ------------------------------------------------------------------------------


def _errata(review: Entry, studies: dict[str, Entry]) -> dict[str, list[tuple[str, Entry]]]:
    """Every erratum that names a claim, by claim, with the id of its source."""
    entries = [(e.get("id", "review"), e) for e in review["errata"]]
    entries += [(s["id"], e) for s in studies.values() for e in s.get("errata", [])]
    found: dict[str, list[tuple[str, Entry]]] = {}
    for where, erratum in entries:
        for claim in erratum.get("claims", []):
            found.setdefault(claim, []).append((where, erratum))
    return found


def test_claims_carry_their_errata(reported: list[Entry], review: Entry, studies: dict[str, Entry]) -> None:
    written = _errata(review, studies)
    assert sum(map(len, written.values())) > 60
    for claim in reported:
        wanted = [
            (where, e["about"], e["correction"], e["basis"], e["confidence"], e["verified_at_original"])
            for where, e in written.get(claim["id"], [])
        ]
        assert [
            tuple(e[key] for key in ("in", "about", "correction", "basis", "confidence", "verified_at_original"))
            for e in claim["errata"]
        ] == wanted, claim["id"]


@pytest.mark.parametrize("format", ["terminal", "markdown"])
def test_text_formats_show_every_erratum(format: str, run: Any, review: Entry, studies: dict[str, Entry]) -> None:
    text = _plain(run("claims", "--format", format).out)
    for found in _errata(review, studies).values():
        for where, erratum in found:
            for part in (erratum["about"], erratum["correction"], erratum["basis"]):
                assert _plain(part).rstrip(".") in text, (where, part)


def _plain(text: str) -> str:
    return " ".join(text.replace("\\", "").split())


def test_csv_shows_every_erratum(run: Any, review: Entry, studies: dict[str, Entry]) -> None:
    rows = {r["id"]: r for r in csv.DictReader(io.StringIO(run("claims", "--format", "csv").out))}
    assert list(rows) == [c["id"] for c in review["claims"]]
    for claim, found in _errata(review, studies).items():
        for where, erratum in found:
            assert f"{where}: {erratum['correction']}" in rows[claim]["errata"]


# --- the words of a report ---------------------------------------------------------------


def test_terminal_shows_status_and_corroboration(run: Any, review: Entry, studies: dict[str, Entry]) -> None:
    shown = run("claims").out
    assert max(map(len, shown.split("\n"))) <= 80
    text = " ".join(shown.split())
    compared = {
        "supported": "supports the claim)",
        "partly": "supports the claim in part)",
        "not_seen": "the claim was not found in the text that we read)",
        "contradicted": "does not support the claim)",
        "not_judged": "nobody has compared the two)",
    }
    for claim in review["claims"]:
        heads = re.findall(rf"\n{claim['id']}: section {re.escape(claim['section'])}[^\n]*(?:\n[^\n]+)?", shown, re.I)
        assert len(heads) == 1, claim["id"]
        assert f"; {WORDS[_status(claim)]}" in " ".join(heads[0].split()), claim["id"]
        for study, code in claim["corroboration"].items():
            number = f"reference {studies[study]['reference']}; " if studies[study].get("reference") else ""
            via = f" through {studies[study]['cited_via']}" if studies[study].get("cited_via") else ""
            assert f"{study}{via} ({number}{compared[code]}" in text, (claim["id"], study)


@pytest.mark.parametrize(
    "asked", [(), ("--section", "3.1"), ("--stakeholder", "people"), ("--status", "partly")], ids=" ".join
)
def test_summary_line_counts_what_is_shown(asked: tuple[str, ...], run: Any) -> None:
    claims = json.loads(run("claims", *asked, "--format", "json").out)
    counts = Counter(c["status"] for c in claims)
    shares = [q for c in claims for q in c["figures"] if _is_share(q)]
    bare = sum(map(_bare, shares))
    open_ = sum(list(c["corroboration"].values()).count("not_judged") for c in claims)
    for format in ("terminal", "markdown"):
        text = " ".join(run("claims", *asked, "--format", format).out.split())
        (line,) = re.findall(r"Of \d+ claims?, .*? no denominator\.", text)
        statuses = [n for status in WORDS if (n := counts[status])]
        assert list(map(int, re.findall(r"\d+", line))) == [
            len(claims), *statuses, *([open_] if open_ else []), len(shares), bare,
        ], (format, line)  # fmt: skip


def test_claims_analysis_agrees_with_the_command(run: Any, reported: list[Entry]) -> None:
    (result,) = json.loads(run("gaps", "claims", "--format", "json").out)["results"]
    figures = {f["id"]: f for f in result["figures"]}
    for status in WORDS:
        counted = [c["id"] for c in reported if c["status"] == status]
        assert figures[f"claims.{status.replace('_', '-')}"]["counted"] == counted
    assert figures["claims.corrected"]["counted"] == [c["id"] for c in reported if c["errata"]]
    assert figures["claims.second-hand"]["counted"] == [c["id"] for c in reported if any(c["cited_via"])]
    text = " ".join(run("claims").out.split())
    assert " ".join(result["statement"].split()) in text


# --- filters -------------------------------------------------------------------------------


@pytest.mark.parametrize("section", ["1", "3", "3.1", "3.1.1", "3.3", "3.7", "4"])
def test_section_filter_includes_subsections(section: str, run: Any, review: Entry) -> None:
    found = json.loads(run("claims", "--section", section, "--format", "json").out)
    wanted = [c["id"] for c in review["claims"] if f"{c['section']}.".startswith(f"{section}.")]
    assert [c["id"] for c in found] == wanted != []


def test_section_filter_compares_whole_numbers(bundled: EvidenceBase) -> None:
    assert bundled.framework.review
    claims = [
        replace(bundled.framework.review.claims[0], id=f"c{n}", section=section)
        for n, section in enumerate(("3.1", "3.1.2", "3.10", "3.10.1"))
    ]
    review = replace(bundled.framework.review, claims=tuple(claims))
    base = replace(bundled, framework=replace(bundled.framework, review=review))
    assert [claim["id"] for claim in claims_report(base, section="3.1").payload()] == ["c0", "c1"]


@pytest.mark.parametrize("group", ["people", "staff", "organisations", "community", "none"])
def test_claims_about_one_group(group: str, run: Any, review: Entry) -> None:
    found = json.loads(run("claims", "--stakeholder", group, "--format", "json").out)
    assert [c["id"] for c in found] == [c["id"] for c in review["claims"] if c["stakeholder"] == group] != []


@pytest.mark.parametrize(
    "typed", ["supported", "partly", "not-seen", "not_seen", "mis-cited", "contradicted", "not-judged"]
)
def test_status_filter_takes_both_spellings(typed: str, run: Any, review: Entry) -> None:
    wanted = "contradicted" if typed == "mis-cited" else typed.replace("-", "_")
    done = run("claims", "--status", typed, "--format", "json")
    assert done.code == 0
    assert [c["id"] for c in json.loads(done.out)] == [c["id"] for c in review["claims"] if _status(c) == wanted]


def test_filters_combine_and_are_stated(run: Any, review: Entry) -> None:
    asked = ("--section", "3.1", "--stakeholder", "people", "--status", "partly")
    wanted = [
        c["id"]
        for c in review["claims"]
        if c["section"].startswith("3.1.") and c["stakeholder"] == "people" and _status(c) == "partly"
    ]
    assert [c["id"] for c in json.loads(run("claims", *asked, "--format", "json").out)] == wanted != []
    for format in ("terminal", "markdown"):
        text = _plain(run("claims", *asked, "--format", format).out)
        assert (
            "Filters: section=3.1; stakeholder=people; status=partly. "
            f"This shows {len(wanted)} of {len(review['claims'])} claims." in text
        )
    rows = list(csv.DictReader(io.StringIO(run("claims", *asked, "--format", "csv").out)))
    assert [r["id"] for r in rows] == wanted


def test_filters_partition_the_claims(run: Any, review: Entry) -> None:
    every = sorted(c["id"] for c in review["claims"])
    for option, values in (
        ("--section", list(dict.fromkeys(c["section"].split(".")[0] for c in review["claims"]))),
        ("--stakeholder", ["people", "staff", "organisations", "community", "none"]),
        ("--status", ["supported", "partly", "not-seen", "mis-cited", "not-judged"]),
    ):
        found = [c["id"] for value in values for c in json.loads(run("claims", option, value, "--format", "json").out)]
        assert sorted(found) == every, option


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (("--section", "9"), "Use one of: 1, 2, 3, 3.1.1"),
        (("--section", "3.1.4"), "did you mean `3.1."),
        (("--section", ""), "Use one of: 1, 2, 3, 3.1.1"),
        (("--section", "3.1.1.1"), "No claim has the section"),
        (("--stakeholder", "peple"), "did you mean `people`?"),
        (("--stakeholder", "PEOPLE"), "did you mean `people`?"),
        (("--status", "suported"), "did you mean `supported`?"),
        (("--status", "not-sen"), "did you mean `not-seen`?"),
        (("--status", "miscited"), "did you mean `mis-cited`?"),
        (("--status", "nothing"), "Use one of: supported, partly, not-seen, mis-cited, not-judged"),
        (("--sektion", "3"), "No such option"),
        (("--format", "pdf"), "Invalid value"),
        (("-o", "x.svg"), "nothing to draw"),
        (("--base", "nowhere"), "There is no file or folder nowhere"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_mistyped_filter_suggests_the_nearest(asked: tuple[str, ...], words: str, run: Any) -> None:
    done = run("claims", *asked)
    assert (done.code, done.out) == (2, "")
    assert words in " ".join(done.err.split())
    assert "Traceback" not in done.err


def test_empty_selection_is_explained(run: Any) -> None:
    asked = ("--section", "3.1", "--stakeholder", "staff", "--status", "supported")
    done = run("claims", *asked)
    assert done.code in (0, 2)
    assert "0 supported" not in done.out
    assert "No claim" in " ".join((done.out + done.err).split())


# --- what the review states beside what the base gives -----------------------------------


def test_regenerate_has_every_row_in_every_format(run: Any) -> None:
    done = {format: run("claims", "--regenerate", "--format", format) for format in FORMATS}
    assert {(d.code, d.err) for d in done.values()} == {(0, "")}
    rows = json.loads(done["json"].out)
    assert len(rows) == 32
    assert {r["verdict"] for r in rows} == {"agree", "differ", "cannot_tell"}
    assert all(r["states"] and r["gives"] and r["reason"] for r in rows)
    sheet = list(csv.DictReader(io.StringIO(done["csv"].out)))
    assert [(r["id"], r["section"], r["verdict"]) for r in sheet] == [
        (r["id"], r["section"], r["verdict"]) for r in rows
    ]
    for format in ("terminal", "markdown"):
        text = _plain(done[format].out)
        for row in rows:
            verdict = row["verdict"].replace("_", " ")
            assert f"{row['id']}: section {row['section']}; {verdict}" in text, (format, row["id"])
            assert _plain(row["states"]).rstrip(".") in text, (format, row["id"])
            assert _plain(row["gives"]).rstrip(".") in text, (format, row["id"])
    assert max(map(len, done["terminal"].out.split("\n"))) <= 80


def test_regenerate_counts_its_verdicts(run: Any) -> None:
    counts = Counter(r["verdict"] for r in json.loads(run("claims", "--regenerate", "--format", "json").out))
    sentence = (
        f"Of 32 rows, {counts['agree']} agree, {counts['differ']} differ and {counts['cannot_tell']} cannot tell."
    )
    assert sentence in " ".join(run("claims", "--regenerate").out.split())


@pytest.mark.parametrize(
    "filter", [("--section", "3"), ("--stakeholder", "people"), ("--status", "partly")], ids=" ".join
)
def test_regenerate_takes_no_filter(filter: tuple[str, str], run: Any) -> None:
    done = run("claims", "--regenerate", *filter)
    assert (done.code, done.out) == (2, "")
    assert "leave out --section, --stakeholder and --status" in done.err


# --- other bases -----------------------------------------------------------------------------


@pytest.mark.parametrize("more", [(), ("--regenerate",), ("--section", "3")], ids=" ".join)
def test_base_without_review_gives_one_line_error(more: tuple[str, ...], tmp_path: Path, run: Any) -> None:
    base_of(tmp_path, studies="studies:\n" + entry())
    done = run("claims", "--base", tmp_path, *more)
    assert (done.code, done.out) == (2, "")
    assert "has no review.yaml with claims" in done.err
    assert done.err.count("\n") == 1


def test_invalid_base_needs_skip_invalid(tmp_path: Path, run: Any) -> None:
    files = {
        name: (package.DATA / f"{name}.yaml").read_text(encoding="utf-8") for name in ("base", "review", "studies")
    }
    files["studies"] = files["studies"].replace("  coded_from: abstract\n", "  coded_from: wrong\n", 1)
    base_of(tmp_path, **files)
    done = run("claims", "--base", tmp_path)
    assert (done.code, done.out) == (2, "")
    assert "--skip-invalid" in done.err
    skipped = run("claims", "--base", tmp_path, "--skip-invalid", "--format", "json")
    assert skipped.code in (0, 2)
    assert "Traceback" not in skipped.err


def test_the_report_goes_to_a_file(tmp_path: Path, run: Any) -> None:
    for suffix, format in ((".json", "json"), (".csv", "csv"), (".md", "markdown"), (".txt", "terminal")):
        target = tmp_path / f"claims{suffix}"
        assert run("claims", "--section", "3.1", "-o", target) == (0, "", "")
        assert target.read_text(encoding="utf-8") == run("claims", "--section", "3.1", "--format", format).out
