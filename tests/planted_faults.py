"""Plant known faults in a copy of the package, one at a time, and show which of them the tests notice.

Usage::

    python -m tests.planted_faults          # every fault of tests/planted_faults.yaml
    python -m tests.planted_faults ID ...   # these faults alone

The copy holds every file that git tracks, as it is in the working tree; the repository itself is only read. A fault is
killed where a test of its own list fails or runs out of time, and survives where all of them pass. The exit code is 1
where a fault could not be tried, because its text is not there exactly once or its tests fail without it. Linux and
macOS only.
"""

import argparse
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from compileall import compile_dir
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from py_compile import PycInvalidationMode
from tempfile import TemporaryDirectory

import yaml

from coprod_review.results.intervals import wilson

REPOSITORY = Path(__file__).resolve().parent.parent
FAULTS = Path(__file__).with_suffix(".yaml")
PACKAGE = "coprod_review"
SECONDS = 300
"""Time limit of one run of tests; each list takes about a minute without a fault."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A change to one file that makes the program wrong."""

    id: str
    file: str
    find: str
    """Text that is in the file exactly once."""
    replace: str
    effect: str
    """What goes wrong, in one sentence."""
    tests: tuple[str, ...]
    """Files and folders of tests that relate to the file."""


class Verdict(StrEnum):
    """What became of a fault."""

    KILLED = "killed"
    TIMED_OUT = "killed by time limit"
    SURVIVED = "survived"
    NOT_APPLICABLE = "not applicable"
    FAILS_ANYWAY = "tests fail without it"


KILLED = (Verdict.KILLED, Verdict.TIMED_OUT)
TRIED = (*KILLED, Verdict.SURVIVED)


class Copy:
    """A copy of the repository in which faults are planted and tests run."""

    def __init__(self, folder: Path) -> None:
        """Copy every file that git tracks, and that the working tree still has, into a folder."""
        self.root = folder / "repository"
        self._scratch = folder / "scratch"
        self._scratch.mkdir()
        self._passing: dict[tuple[str, ...], bool] = {}
        for name in _tracked_files():
            target = self.root / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(REPOSITORY / name, target, follow_symlinks=False)
        self._commit()
        # By default Python compares size and time to the second, and could run the bytecode of the fault before.
        compile_dir(self.root / PACKAGE, quiet=1, invalidation_mode=PycInvalidationMode.CHECKED_HASH)

    def _commit(self) -> None:
        """Make the copy a git repository, as some tests ask for an earlier revision of the data."""
        identity = ("-c", "user.name=copy", "-c", "user.email=copy@example.org", "-c", "commit.gpgsign=false")
        for command in (("init",), ("add", "--force", "."), (*identity, "commit", "--no-verify", "-m", "Copy")):
            subprocess.run(("git", *command), cwd=self.root, capture_output=True, check=True)

    @cached_property
    def _environment(self) -> dict[str, str]:
        # Without PYTHONPATH a program that a test starts would import the package as it is installed.
        return {**os.environ, "PYTHONPATH": str(self.root), "TMPDIR": str(self._scratch)}

    def package_file(self) -> Path:
        """The file that ``import coprod_review`` reads in the processes that run tests."""
        command = [sys.executable, "-c", f"import {PACKAGE}; print({PACKAGE}.__file__)"]
        done = subprocess.run(command, cwd=self.root, env=self._environment, capture_output=True, text=True, check=True)
        return Path(done.stdout.strip())

    def pytest(self, tests: Sequence[str]) -> int | None:
        """The exit code of pytest on some tests; ``None`` where it ran out of time."""
        command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *tests]
        null = subprocess.DEVNULL
        process = subprocess.Popen(
            command, cwd=self.root, env=self._environment, stdin=null, stdout=null, stderr=null, start_new_session=True
        )
        try:
            return process.wait(SECONDS)
        except subprocess.TimeoutExpired:
            return None
        finally:
            with suppress(ProcessLookupError):  # the whole group, as tests start programs of their own
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def passes(self, tests: tuple[str, ...]) -> bool:
        """Whether tests pass on the copy as it is, without any fault; each list runs once."""
        if tests not in self._passing:
            self._passing[tests] = self.pytest(tests) == 0
        return self._passing[tests]

    def applies(self, fault: Fault) -> bool:
        """Whether the text that a fault replaces is in its file exactly once."""
        file = self.root / fault.file
        return file.is_file() and file.read_bytes().count(fault.find.encode()) == 1

    def plant(self, fault: Fault) -> Verdict:
        """Run the tests of a fault with the fault in its file, and restore the file."""
        file = self.root / fault.file
        original = file.read_bytes()
        file.write_bytes(original.replace(fault.find.encode(), fault.replace.encode()))
        try:
            code = self.pytest(fault.tests)
        finally:
            file.write_bytes(original)
        return Verdict.TIMED_OUT if code is None else Verdict.KILLED if code else Verdict.SURVIVED


def _tracked_files() -> list[str]:
    command = ["git", "-C", str(REPOSITORY), "ls-files", "-z"]
    names = subprocess.run(command, capture_output=True, check=True).stdout.decode().split("\0")
    return [name for name in names if name and os.path.lexists(REPOSITORY / name)]


def read_faults() -> list[Fault]:
    """Every fault of the list, in its order."""
    entries = yaml.safe_load(FAULTS.read_text(encoding="utf-8"))
    return [Fault(**{**entry, "tests": tuple(entry["tests"])}) for entry in entries]


def try_fault(fault: Fault, copy: Copy) -> Verdict:
    """Plant one fault, where it applies and its tests pass without it."""
    if not copy.applies(fault):
        return Verdict.NOT_APPLICABLE
    return copy.plant(fault) if copy.passes(fault.tests) else Verdict.FAILS_ANYWAY


def run(faults: Iterable[Fault]) -> list[Verdict]:
    """Try faults one after another in a new copy, and print a line for each."""
    verdicts = []
    with TemporaryDirectory(prefix="planted-faults-") as folder:
        copy = Copy(Path(folder).resolve())
        if not copy.package_file().is_relative_to(copy.root):
            raise SystemExit(f"The tests would import {copy.package_file()} and not the copy in {copy.root}.")
        # Faults that do not apply come first: whoever moved the code need not wait for the others.
        for fault in sorted(faults, key=copy.applies):
            started = time.monotonic()
            verdicts.append(try_fault(fault, copy))
            print(f"{verdicts[-1]:21} {time.monotonic() - started:4.0f} s  {fault.id:26} {fault.file}", flush=True)
    return verdicts


def summary(verdicts: Sequence[Verdict]) -> str:
    """The share of the tried faults that were killed, with its interval, and how many could not be tried."""
    tried, killed = sum(v in TRIED for v in verdicts), sum(v in KILLED for v in verdicts)
    untried = f"; {len(verdicts) - tried} could not be tried" if tried < len(verdicts) else ""
    if not tried:
        return f"No fault was tried{untried}."
    low, high = wilson(killed, tried)
    interval = f"95% interval {100 * low:.0f}% to {100 * high:.0f}%"
    return f"{killed} of {tried} faults killed ({100 * killed / tried:.0f}%; {interval}){untried}."


def main() -> int:
    """Try the faults that the command line names, or all."""
    parser = argparse.ArgumentParser(prog="python -m tests.planted_faults", description=__doc__.partition("\n")[0])
    parser.add_argument("ids", metavar="ID", nargs="*", help="a fault of tests/planted_faults.yaml; by default all")
    wanted = dict.fromkeys(parser.parse_args().ids)
    faults = {fault.id: fault for fault in read_faults()}
    if unknown := wanted.keys() - faults.keys():
        parser.error(f"there is no fault {', '.join(sorted(unknown))} in {FAULTS.name}")
    verdicts = run(faults[identity] for identity in wanted or faults)
    print(summary(verdicts))
    return 0 if all(verdict in TRIED for verdict in verdicts) else 1


if __name__ == "__main__":
    sys.exit(main())
