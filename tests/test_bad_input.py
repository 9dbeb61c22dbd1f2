"""Whatever a tired person or a hostile file can produce: a diagnostic or one sentence, never a traceback."""

import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coprod_review import bundled, checks, evidence
from coprod_review.yaml_text import YamlText
from tests.conftest import base_of, entry

COMMANDS = [("gaps",), ("gaps", "matrix"), ("list",), ("show", "x-2020"), ("validate",)]

CONTENTS = {
    "empty": b"",
    "comment": b"# nothing here\n",
    "binary": bytes(range(256)) * 50,
    "latin-1": "studies:\n  - id: caf\u00e9\n".encode("latin-1"),
    "utf-16": "studies: []\n".encode("utf-16"),
    "nested": b"studies: " + b"[" * 100_000,
    "nested mappings": b"studies: " + b"{a: " * 100_000,
    "bomb": b"a: &a [x,x]\n" + b"".join(b"k%d: &k%d [*a,*a,*a]\n" % (n, n) for n in range(20)),
    "one line of 50 MB": b"studies: [" + b"1, " * 17_000_000 + b"1]",
    "one word of 50 MB": b"studies: " + b"x" * 50_000_000,
    "a number for studies": b"studies: 7\n",
    "a text": b"just text\n",
    "a list": b"- 1\n- 2\n",
    "keys that are lists": b"? [a, b]\n: c\n",
    "null bytes": b"studies:\n  - id: \x00\n",
    "nulls": b"studies:\n  - null\n  - ~\n",
    "huge number": b"studies:\n  - id: a\n    reference: " + b"9" * 5_000 + b"\n",
    "not a number": b"studies:\n  - id: a\n    reference: .nan\n",
    "surrogate": b'studies:\n  - id: "\\ud800"\n',
    "escapes": b'studies:\n  - id: "\\e[31mred\\u202e"\n',
}


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("name", CONTENTS)
def test_a_hostile_file_ends_in_a_sentence(name: str, command: tuple[str, ...], tmp_path: Path, run: Any) -> None:
    path = tmp_path / "bad.yaml"
    path.write_bytes(CONTENTS[name])
    done = run(*command, "--base", path)
    assert done.code == (1 if command == ("validate",) else 2)
    assert "Traceback" not in done.out + done.err
    assert len(done.out) < 30_000
    assert "\x1b" not in done.out + done.err


def test_a_folder_where_a_file_is_meant_is_a_diagnostic(tmp_path: Path) -> None:
    (tmp_path / "studies.yaml").mkdir()
    assert [d.code for d in checks.run(evidence.read(tmp_path))] == ["CPR010"]


def test_a_file_without_permission_is_a_diagnostic(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    base_of(tmp_path, studies="studies:\n" + entry())
    # The superuser may read everything, so the refusal is acted.
    monkeypatch.setattr(Path, "read_bytes", _refuse)
    text = evidence.read_text(tmp_path / "studies.yaml")
    assert [(m.kind, m.message) for m in text] == [("unreadable", "the file cannot be read: permission denied")]


def _refuse(path: Path) -> bytes:
    raise PermissionError(13, "Permission denied", str(path))


def test_a_loop_of_links_is_a_diagnostic(tmp_path: Path) -> None:
    (tmp_path / "studies").mkdir()
    (tmp_path / "studies" / "a.yaml").symlink_to("b.yaml")
    (tmp_path / "studies" / "b.yaml").symlink_to("a.yaml")
    assert {d.code for d in checks.run(evidence.read(tmp_path))} == {"CPR010"}


def test_the_bundled_base_truncated_anywhere_is_read_to_the_end(tmp_path: Path) -> None:
    text = (bundled.DATA / "studies.yaml").read_text(encoding="utf-8")
    for cut in random.Random(1).sample(range(len(text)), 12):
        (tmp_path / "studies.yaml").write_text(text[:cut], encoding="utf-8")
        checks.run(evidence.read(tmp_path))


def test_a_broken_entry_hides_no_other_in_the_whole_base(tmp_path: Path) -> None:
    text = (bundled.DATA / "studies.yaml").read_text(encoding="utf-8").replace("- id: kay-2019\n", "- id: [kay-2019\n")
    (tmp_path / "studies.yaml").write_text(text, encoding="utf-8")
    base = evidence.read(tmp_path)
    assert len(base.studies) == 36
    assert {d.code for d in checks.run(base)} <= {"CPR001", "CPR501"}


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_can_be_read(content: bytes) -> None:
    text = YamlText.from_bytes(content, "x.yaml")
    for found in text:
        assert found.span.line >= 1
        assert found.span.column >= 1


@settings(max_examples=60, deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=8),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["id", "citation", "findings", "outcome", "studies", "level", "x"]), inner, max_size=4
            )
        ),
        max_leaves=12,
    )
)
def test_any_data_can_be_checked(data: object) -> None:
    import json

    text = YamlText(json.dumps({"studies": [data]}, ensure_ascii=True), "x.yaml")
    assert checks.run(evidence.assemble("x", [text]))


def test_a_reader_that_leaves_early_is_no_error() -> None:
    code = (
        "import sys; sys.argv=['coprod-review','codebook','outcomes']; from coprod_review.__main__ import main; main()"
    )
    done = subprocess.run(
        f'"{sys.executable}" -c "{code}" | head -1', shell=True, capture_output=True, text=True, check=False
    )
    assert "Traceback" not in done.stderr
    assert "BrokenPipe" not in done.stderr
