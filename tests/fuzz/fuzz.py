"""Bytes nobody would write, fed to reading, checks, formats, fixes and drafts until something breaks.

``python -m tests.fuzz --seconds 60``; the same ``--seed`` tries the same inputs
in the same order. ``--coverage`` lets atheris (``pip install atheris``) choose
the bytes by the lines that they reach. What breaks is written to a file, and
``--again FILE`` tries that file alone.
"""

import argparse
import hashlib
import importlib
import random
import resource
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

HOME = Path(__file__).parents[2]
EXAMPLES = HOME / "tests" / "examples"
SLOWEST = 20
"""Seconds that one small input may take."""
LARGEST = 20_000
"""Bytes of an input: what is slow or large has tests of its own."""
MEMORY = 3_000_000_000

TOKENS = [
    b"- ", b": ", b"? ", b"&a ", b"*a", b"!!str ", b"!x ", b"<<: *a\n", b"|\n", b">-\n", b"'", b'"', b"#",
    b"# coprod: ", b"# coprod: ignore[CPR201] why\n", b"{", b"}", b"[", b"]", b",", b"---\n", b"...\n",
    b"%YAML 1.1\n", b"%", b"@", b"`", b"\t", b"\r\n", b"\r", b"\n", b"\x00", b"\x1b[31m", b"\x7f", b"\xc2\x85",
    b"\xe2\x80\xa8", b"\xe2\x80\xae", b"\xef\xbb\xbf", b"\xff", b"\xf0\x9f\x98\x80", b"\xed\xa0\x80", b"\xc2\xa0",
    b"\xe2\x80\x8b", b"\\x1b", b"\\u202e", b'"\\e[31m"', b'"\\x9b2J"', b'"\\U000e0001"', b'"\\n::error::x"',
    b"::error::x", b"##[error]x", b"::stop-commands::x", b"NO", b"yes", b"~", b"null", b"true", b"1.10", b"2019.0",
    b"0x1f", b"010", b"1_000", b"12:30", b".inf", b".nan", b"-0", b"1e5", b"9" * 30, b"9" * 400, b"2019-01-01",
    b"2019-13-45", b"=", b"<<", b"TODO", b"</script>", b"|", b"%0A", b"]]>", b"id: ", b"studies:", b"citation: ",
    b"kay-2019", b"kay-2019.1", b"not_coded", b"absent", b"present", b"people.health",
]  # fmt: skip
"""What YAML, terminals, logs and our own checks give a meaning to."""


def seeds() -> dict[str, list[bytes]]:
    """Sound and unsound text to begin with, by the kind of file; ``bib`` for bibliographies."""
    data = {path.stem: path.read_bytes() for path in sorted((HOME / "data").glob("*.yaml"))}
    _, *entries = data["studies"].split(b"\n  - id: ")
    found = {stem: [content] for stem, content in data.items()}
    found["studies"] = [b"studies:\n  - id: " + b"\n  - id: ".join(entries[n : n + 2]) for n in range(len(entries))]
    found["study"] = [b"id: " + entry.replace(b"\n    ", b"\n") for entry in entries]
    found["bib"] = [path.read_bytes() for path in sorted(EXAMPLES.glob("*.bib"))]
    for path in sorted(EXAMPLES.glob("**/*.yaml")):
        found.get(path.stem, found["studies"]).append(path.read_bytes())
    return {stem: [_part(content) for content in contents] for stem, contents in found.items()}


def _part(content: bytes) -> bytes:
    """The beginning of a long text, up to the end of a line."""
    return content if len(content) < LARGEST // 2 else content[: content.rindex(b"\n", 0, LARGEST // 2) + 1]


def _spot(chance: random.Random, content: bytes) -> tuple[int, int]:
    begin = chance.randint(0, len(content))
    return begin, min(len(content), begin + chance.choice((0, 1, 2, 5, 20, 100, 400)))


def _truncated(chance: random.Random, content: bytes, other: bytes) -> bytes:
    return content[: chance.randint(0, len(content))]


def _flipped(chance: random.Random, content: bytes, other: bytes) -> bytes:
    begin, _ = _spot(chance, content)
    return content[:begin] + bytes([chance.randrange(256)]) + content[begin + 1 :]


def _cut(chance: random.Random, content: bytes, other: bytes) -> bytes:
    begin, end = _spot(chance, content)
    return content[:begin] + content[end:]


def _doubled(chance: random.Random, content: bytes, other: bytes) -> bytes:
    begin, end = _spot(chance, content)
    return content[:end] + content[begin:end] * chance.choice((1, 1, 3, 50)) + content[end:]


def _spliced(chance: random.Random, content: bytes, other: bytes) -> bytes:
    begin, end = _spot(chance, content)
    first, last = _spot(chance, other)
    return content[:begin] + other[first:last] + content[end:]


def _inserted(chance: random.Random, content: bytes, other: bytes) -> bytes:
    begin, _ = _spot(chance, content)
    return content[:begin] + chance.choice(TOKENS) + content[begin:]


def _value_replaced(chance: random.Random, content: bytes, other: bytes) -> bytes:
    """Another value, or none, after the colon of one line."""
    lines = content.split(b"\n")
    number = chance.randrange(len(lines))
    key, colon, _ = lines[number].partition(b": ")
    lines[number] = key + colon + chance.choice((*TOKENS, b"", b"[]", b"{}"))
    return b"\n".join(lines)


def _lines_swapped(chance: random.Random, content: bytes, other: bytes) -> bytes:
    lines = content.split(b"\n")
    one, two = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[one], lines[two] = lines[two], lines[one]
    return b"\n".join(lines)


def _indented(chance: random.Random, content: bytes, other: bytes) -> bytes:
    lines = content.split(b"\n")
    number = chance.randrange(len(lines))
    lines[number] = b" " * chance.randrange(5) + lines[number].lstrip()
    return b"\n".join(lines)


def _random_bytes(chance: random.Random, content: bytes, other: bytes) -> bytes:
    begin, end = _spot(chance, content)
    return content[:begin] + chance.randbytes(end - begin) + content[end:]


MUTATIONS: tuple[Callable[[random.Random, bytes, bytes], bytes], ...] = (
    *(_truncated, _flipped, _cut, _doubled, _spliced, _inserted, _inserted),
    *(_value_replaced, _value_replaced, _lines_swapped, _indented, _random_bytes),
)


def mutated(chance: random.Random, content: bytes, other: bytes) -> bytes:
    """A text after one to six mutations; most are small, so that checks behind the reading are reached."""
    for _ in range(chance.choice((1, 1, 1, 2, 3, 6))):
        content = chance.choice(MUTATIONS)(chance, content, other)
    return content[:LARGEST]


def inputs(seed: int) -> Iterator[tuple[str, bytes]]:
    """Kinds of files with bytes, without end."""
    chance = random.Random(seed)
    originals = seeds()
    everything = [content for contents in originals.values() for content in contents]
    kinds = sorted(originals) + ["studies"] * 4 + ["study"] * 3
    while True:
        kind = chance.choice(kinds)
        yield kind, mutated(chance, chance.choice(originals[kind]), chance.choice(everything))


def attempt(kind: str, content: bytes, folder: Path) -> None:
    """Try one input. Raises whatever breaks."""
    from tests.fuzz import invariants

    if kind == "bib":
        invariants.drafted(content, folder)
    else:
        invariants.hold(content, kind, folder)


def _too_slow(*_: object) -> None:
    raise TimeoutError(f"one input took more than {SLOWEST} seconds")


def _attempt_or_keep(kind: str, content: bytes, folder: Path) -> None:
    """Try one input; where it breaks something, keep it, print how to repeat it and exit with 1."""
    try:
        attempt(kind, content, folder)
    except BaseException:
        place = Path(f"broken-{hashlib.sha256(content).hexdigest()[:8]}.{kind}")
        place.write_bytes(content)
        traceback.print_exc()
        print(f"Something broke. See it again: python -m tests.fuzz --again {place}", flush=True)
        raise SystemExit(1) from None


def _run(seconds: float, seed: int, folder: Path) -> int:
    """How many inputs passed within a time."""
    signal.signal(signal.SIGALRM, _too_slow)
    end, tried = time.monotonic() + seconds, 0
    for kind, content in inputs(seed):
        if time.monotonic() > end:
            break
        signal.alarm(SLOWEST)
        _attempt_or_keep(kind, content, folder)
        tried += 1
    signal.alarm(0)
    return tried


def _guided(seconds: float, folder: Path) -> None:
    """Let atheris choose the bytes; its first byte picks the kind of file. Ends the program."""
    atheris: Any = importlib.import_module("atheris")
    with atheris.instrument_imports(include=["coprod_review"]):
        importlib.import_module("tests.fuzz.invariants")
    originals = seeds()
    kinds = sorted(originals)
    corpus = folder / "corpus"
    corpus.mkdir()
    for number, kind in enumerate(kinds):
        for nth, content in enumerate(originals[kind]):
            (corpus / f"{kind}-{nth}").write_bytes(bytes([number]) + content)
    words = folder / "words"
    words.write_text("".join(f'"{_in_hexadecimal(token)}"\n' for token in TOKENS if len(token) < 60))

    def one(content: bytes) -> None:
        if content:
            _attempt_or_keep(kinds[content[0] % len(kinds)], content[1:], folder)

    options = (f"-max_total_time={seconds:.0f}", f"-max_len={LARGEST}", f"-timeout={SLOWEST}", f"-dict={words}")
    atheris.Setup([sys.argv[0], *options, "-rss_limit_mb=3000", "-artifact_prefix=broken-", str(corpus)], one)
    atheris.Fuzz()


def _in_hexadecimal(token: bytes) -> str:
    return "".join(f"\\x{byte:02x}" for byte in token)


def main() -> None:
    """Try inputs for a time and print how many passed; exit with 1 where one did not."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--coverage", action="store_true", help="let atheris choose the bytes")
    parser.add_argument("--again", type=Path, metavar="FILE", help="try one file; its suffix is its kind")
    asked = parser.parse_args()
    if not asked.coverage:  # atheris watches memory and time itself
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    with tempfile.TemporaryDirectory() as folder:
        if asked.again:
            attempt(asked.again.suffix[1:], asked.again.read_bytes(), Path(folder))
            print(f"{asked.again} holds.")
        elif asked.coverage:
            _guided(asked.seconds, Path(folder))
        else:
            tried = _run(asked.seconds, asked.seed, Path(folder))
            print(f"{tried} inputs in {asked.seconds:.0f} seconds, seed {asked.seed}: none broke anything.")
