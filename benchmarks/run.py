"""Time the program against its targets and print medians and ratios, all from this one run.

Every time is the wall time of a whole process, start-up included, unless the
row says otherwise. Commands that are compared take turns, so that they share
the machine's good and bad moments.
"""

import argparse
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
PYTHON = sys.executable
PROGRAM = (PYTHON, "-m", "coprod_review")
MEMORY_UNIT = 2**20 if sys.platform == "darwin" else 2**10
"""What one megabyte is in the unit of ``ru_maxrss``."""
ERRORS_FOUND = 1
"""Exit code of validate on a base with errors."""
EVENTS, SCAN = "bare parse, events", "bare parse, C alone"
FIRST = "gaps, nothing kept"
BRIEF = "brief, Markdown"
DOCUMENTS = ("html", "docx", "pdf")
NOTHING_KEPT = ("env", f"XDG_CACHE_HOME={os.devnull}")
"""A command that reads the base as if for the first time: there is no place to keep it in."""
LOAD, ALL = "load", "load, then all analyses"
INSIDE = (EVENTS, SCAN, LOAD, ALL)
"""Rows whose processes print the seconds of what they are about, without the start of Python."""

Command = Sequence[str | Path]
Commands = Mapping[str, Command]


@dataclass(frozen=True, slots=True)
class Plan:
    """How large the bases are, and how often each group of commands runs."""

    small: int
    middle: int
    main: int
    faults: int
    """How many errors the faulty copy of the main base holds."""
    quick: int
    steady: int
    slow: int


FULL = Plan(small=40, middle=1_000, main=10_000, faults=1_000, quick=15, steady=5, slow=3)
SMOKE = Plan(small=4, middle=10, main=40, faults=20, quick=1, steady=1, slow=1)
LARGE = 100_000


@dataclass(frozen=True, slots=True)
class Run:
    """One process from start to end."""

    seconds: float
    megabytes: float
    """Peak memory."""
    output: str


Runs = dict[str, list[Run]]


@dataclass(frozen=True, slots=True)
class Ratio:
    """The median of one row over that of another, and the target it has to reach."""

    over: str
    under: str
    limit: float | None = None
    at_least: bool = False
    of: str = "time"
    """time of whole processes, inside for what they print, or memory at the peak."""

    def verdict(self, value: float) -> str:
        """Whether the target is met, in words."""
        if self.limit is None:
            return "no target"
        met = value >= self.limit if self.at_least else value <= self.limit
        return f"target at {'least' if self.at_least else 'most'} {self.limit:g}: {'met' if met else 'missed'}"


def keep_inside(folder: Path) -> None:
    """Let every process find compiled modules, as an installed program does, and keep bases here and nowhere else."""
    os.environ |= {"PYTHONPYCACHEPREFIX": str(folder), "PYTHONDONTWRITEBYTECODE": "", "XDG_CACHE_HOME": str(folder)}


def _last(part: str | Path) -> str:
    return Path(part).name


def once(command: Command) -> Run:
    """Run one process to its end. Raises ``CalledProcessError`` where it fails."""
    start = time.perf_counter()
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, encoding="utf-8") as process:
        assert process.stdout is not None
        output = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, ERRORS_FOUND if "faulty" in map(_last, command) else 0):
        raise subprocess.CalledProcessError(process.returncode, list(map(str, command)), output)
    return Run(seconds, usage.ru_maxrss / MEMORY_UNIT, output)


def in_turn(commands: Commands, times: int) -> Runs:
    """Run every command once to warm up, then all of them in turn, again and again."""
    straight(commands)
    rounds = [{name: once(command) for name, command in commands.items()} for _ in range(times)]
    return {name: [results[name] for results in rounds] for name in commands}


def straight(commands: Commands) -> Runs:
    """Run every command once, without a warm-up: for what takes a minute or more."""
    print(f"running {', '.join(commands)}", file=sys.stderr)
    return {name: [once(command)] for name, command in commands.items()}


def generate(count: int, folder: Path, *options: str) -> Command:
    """The command that writes a synthetic base; a process of its own, so that this one stays small."""
    return (PYTHON, "-m", "benchmarks.generate", str(count), folder, *options)


def program(command: str, base: Path | None = None) -> Command:
    """One command of the program, on a base."""
    return (*PROGRAM, command, "--base", base) if base else (*PROGRAM, command)


def written(plan: Plan, folder: Path) -> Runs:
    """Write the schema and every base; a base is named by its number of entries."""
    once((*PROGRAM, "schema", "studies", "-o", folder / "schema.json"))
    commands = {f"generate {n:,}": generate(n, folder / str(n)) for n in (plan.small, plan.middle, plan.main)}
    faulty = generate(plan.main, folder / "faulty", "--faults", str(plan.faults))
    return straight(
        {
            **commands,
            f"generate {plan.main:,} files": generate(plan.main, folder / "split", "--split"),
            f"generate {plan.main:,} with errors": faulty,
        }
    )


def timed(plan: Plan, folder: Path) -> Runs:
    """Time every command on bases that are written."""
    main = folder / str(plan.main)
    once(check_jsonschema(folder, plan.small))
    return {
        **in_turn(start_up(), plan.quick),
        **in_turn(briefings(folder), plan.steady),
        **in_turn(steady(plan, folder), plan.steady),
        **in_turn({**bare(main / "studies.yaml"), **slow(plan, main, folder / "split")}, plan.slow),
        **in_turn(analysed(main), plan.slow),
        **straight({"check-jsonschema": check_jsonschema(folder, plan.main)}),
    }


def start_up() -> Commands:
    """What mostly starts Python, and Python alone."""
    return {
        "python -c pass": (PYTHON, "-c", "pass"),
        "--version": (*PROGRAM, "--version"),
        "gaps, bundled base": program("gaps"),
        FIRST: (*NOTHING_KEPT, *program("gaps")),
        BRIEF: program("brief"),
    }


def briefings(folder: Path) -> Commands:
    """The same briefing in each kind of document; Word and PDF are mostly the time of pandoc and typst."""
    return {f"brief, {suffix}": (*program("brief"), "-o", folder / f"b.{suffix}") for suffix in DOCUMENTS}


def steady(plan: Plan, folder: Path) -> Commands:
    """Commands that take a second or two at most."""
    return {
        f"gaps {plan.middle:,}": program("gaps", folder / str(plan.middle)),
        f"validate {plan.small:,}": program("validate", folder / str(plan.small)),
        f"validate {plan.middle:,}": program("validate", folder / str(plan.middle)),
    }


def bare(studies: Path) -> Commands:
    """Both ways to parse a file and build nothing."""
    return {
        EVENTS: (PYTHON, "-m", "benchmarks.parse", "events", studies),
        SCAN: (PYTHON, "-m", "benchmarks.parse", "scan", studies),
    }


def slow(plan: Plan, main: Path, split: Path) -> Commands:
    """Commands on the main base."""
    return {
        f"validate {plan.main:,}": program("validate", main),
        f"validate {plan.main:,} files": program("validate", split),
        f"validate {plan.main:,}, {plan.faults:,} errors": program("validate", main.parent / "faulty"),
        f"gaps {plan.main:,}": program("gaps", main),
        f"gaps {plan.main:,}, nothing kept": (*NOTHING_KEPT, *program("gaps", main)),
    }


def analysed(base: Path) -> Commands:
    """Loading the main base, alone and with every analysis after it."""
    script = (PYTHON, "-m", "benchmarks.analyse")
    return {LOAD: (*script, "load", base), ALL: (*script, "all", base)}


def check_jsonschema(folder: Path, count: int) -> Command:
    """The program to compare with, on the studies file of one base."""
    return (
        PYTHON,
        "-m",
        "check_jsonschema",
        "--schemafile",
        folder / "schema.json",
        folder / str(count) / "studies.yaml",
    )


def at_large(folder: Path) -> Runs:
    """The largest base: written, validated and analysed once."""
    commands = {
        "generate": generate(LARGE, folder),
        "validate": program("validate", folder),
        "gaps": program("gaps", folder),
    }
    return straight({f"{name} {LARGE:,}": command for name, command in commands.items()})


def ratios(plan: Plan) -> tuple[Ratio, ...]:
    """The targets, then how time grows."""
    validate = f"validate {plan.main:,}"
    return (
        Ratio("--version", "python -c pass", 8),
        Ratio("gaps, bundled base", "python -c pass", 25),
        Ratio(FIRST, "python -c pass"),
        Ratio(BRIEF, "gaps, bundled base", 2.5),
        *(Ratio(f"brief, {suffix}", BRIEF) for suffix in DOCUMENTS),
        Ratio(validate, EVENTS, 15),
        Ratio(validate, SCAN, 15),
        Ratio("check-jsonschema", validate, 20, at_least=True),
        Ratio(validate, f"validate {plan.middle:,}"),
        Ratio(f"validate {plan.main:,} files", validate),
        Ratio(f"validate {plan.main:,}, {plan.faults:,} errors", EVENTS, 15),
        Ratio(f"gaps {plan.main:,}", validate),
        Ratio(ALL, LOAD, 0.5, of="inside"),
        Ratio(ALL, LOAD, 2, of="memory"),
    )


def seconds(runs: Sequence[Run]) -> float:
    """Median wall time."""
    return median(run.seconds for run in runs)


def inside(runs: Sequence[Run]) -> float:
    """Median of the seconds that processes print."""
    return median(float(run.output) for run in runs)


def peak(runs: Sequence[Run]) -> float:
    """Largest peak of memory, in megabytes."""
    return max(run.megabytes for run in runs)


MEASURES = {"time": seconds, "inside": inside, "memory": peak}


def report(plan: Plan, found: Runs, *, judged: bool) -> Iterator[str]:
    """The machine, the table of medians and the ratios, line by line."""
    yield f"{machine()}. The bare parses and check-jsonschema read the studies file of {plan.main:,} entries."
    yield f"\n{'wall time of a process':<32}{'runs':>6}{'median s':>12}{'peak MB':>10}"
    for name, runs in found.items():
        yield f"{name:<32}{len(runs):>6}{seconds(runs):>12.3f}{peak(runs):>10.0f}"
    for name in INSIDE:
        yield f"{f'{name}, inside':<32}{len(found[name]):>6}{inside(found[name]):>12.3f}"
    yield f"\n{'ratio of medians':<54}{'times':>8}"
    for ratio in ratios(plan):
        measure = MEASURES[ratio.of]
        value = measure(found[ratio.over]) / measure(found[ratio.under])
        said = ratio.verdict(value) if judged else "not judged: smoke run"
        kind = "" if ratio.of == "time" else f", {ratio.of}"
        yield f"{f'{ratio.over} / {ratio.under}{kind}':<54}{value:>8.2f}  {said}"


def machine() -> str:
    """The size of the machine."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{os.cpu_count()} cores, {memory:.0f} GB of memory, {platform.system()}, Python {platform.python_version()}"


def main() -> None:
    """Read the arguments, run everything in a temporary folder and print the report."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.run", description="Time the program and print medians and ratios."
    )
    parser.add_argument(
        "--smoke", action="store_true", help="tiny bases, one run of each: shows that everything runs, judges nothing"
    )
    parser.add_argument("--large", action="store_true", help=f"also a base of {LARGE:,} entries, once")
    given = parser.parse_args()
    plan = SMOKE if given.smoke else FULL
    with tempfile.TemporaryDirectory(prefix="coprod-review-") as folder:
        keep_inside(Path(folder, "bytecode"))
        writing = written(plan, Path(folder))
        found = timed(plan, Path(folder)) | writing | (at_large(Path(folder, "large")) if given.large else {})
    print("\n".join(report(plan, found, judged=not given.smoke)))


if __name__ == "__main__":
    main()
