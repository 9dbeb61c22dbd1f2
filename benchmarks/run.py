"""Time the program against its targets, and print medians and ratios that all come from one run.

Every time is the wall time of a whole process with its start, unless the row says otherwise. Commands that are compared
take turns, so that changes in the machine's load affect all of them.
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
"""One megabyte in the unit of ``ru_maxrss``."""
ERRORS_FOUND = 1
"""Exit code of validate on a base with errors."""
EVENTS, SCAN = "bare parse, events", "bare parse, C alone"
FIRST = "gaps, nothing kept"
BRIEF = "brief, Markdown"
DOCUMENTS = ("html", "docx", "pdf")
WITHOUT_CACHE = ("env", f"XDG_CACHE_HOME={os.devnull}")
"""Runs a command without a cache, so that it reads the base as if for the first time."""
LOAD, ALL = "load", "load, then all analyses"
INSIDE = (EVENTS, SCAN, LOAD, ALL)
"""Rows whose processes print the seconds of the part that is measured, without the start of Python."""

Command = Sequence[str | Path]
Commands = Mapping[str, Command]


@dataclass(frozen=True, slots=True)
class Plan:
    """The sizes of the bases, and how often each group of commands runs."""

    small: int
    middle: int
    main: int
    faults: int
    """Number of errors in the faulty copy of the main base."""
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
    """``time`` of whole processes, ``inside`` for the seconds that they print, or peak ``memory``."""

    def verdict(self, value: float) -> str:
        """Return in words whether the target is met."""
        if self.limit is None:
            return "no target"
        met = value >= self.limit if self.at_least else value <= self.limit
        return f"target at {'least' if self.at_least else 'most'} {self.limit:g}: {'met' if met else 'missed'}"


def use_folder_for_caches(folder: Path) -> None:
    """Let every process find compiled modules, as in an installed program, and cache bases in this folder only."""
    os.environ |= {"PYTHONPYCACHEPREFIX": str(folder), "PYTHONDONTWRITEBYTECODE": "", "XDG_CACHE_HOME": str(folder)}


def _file_name(part: str | Path) -> str:
    return Path(part).name


def run_once(command: Command) -> Run:
    """Run one process to its end. Raises ``CalledProcessError`` where it fails."""
    start = time.perf_counter()
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, encoding="utf-8") as process:
        assert process.stdout is not None
        output = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, ERRORS_FOUND if "faulty" in map(_file_name, command) else 0):
        raise subprocess.CalledProcessError(process.returncode, list(map(str, command)), output)
    return Run(seconds, usage.ru_maxrss / MEMORY_UNIT, output)


def run_in_turn(commands: Commands, times: int) -> Runs:
    """Run every command once to warm up, then all of them in turn, several times."""
    run_each_once(commands)
    rounds = [{name: run_once(command) for name, command in commands.items()} for _ in range(times)]
    return {name: [results[name] for results in rounds] for name in commands}


def run_each_once(commands: Commands) -> Runs:
    """Run every command once without a warm-up, for commands that take a minute or more."""
    print(f"running {', '.join(commands)}", file=sys.stderr)
    return {name: [run_once(command)] for name, command in commands.items()}


def generate(count: int, folder: Path, *options: str) -> Command:
    """Return the command that writes a synthetic base, in another process so that this one needs little memory."""
    return (PYTHON, "-m", "benchmarks.generate", str(count), folder, *options)


def program(command: str, base: Path | None = None) -> Command:
    """Return a command of the program on a base."""
    return (*PROGRAM, command, "--base", base) if base else (*PROGRAM, command)


def write_bases(plan: Plan, folder: Path) -> Runs:
    """Write the schema and every base, in folders named after their numbers of entries."""
    run_once((*PROGRAM, "schema", "studies", "-o", folder / "schema.json"))
    commands = {f"generate {n:,}": generate(n, folder / str(n)) for n in (plan.small, plan.middle, plan.main)}
    faulty = generate(plan.main, folder / "faulty", "--faults", str(plan.faults))
    return run_each_once(
        {
            **commands,
            f"generate {plan.main:,} files": generate(plan.main, folder / "split", "--split"),
            f"generate {plan.main:,} with errors": faulty,
        }
    )


def time_commands(plan: Plan, folder: Path) -> Runs:
    """Time every command on the bases that were written."""
    main = folder / str(plan.main)
    run_once(check_jsonschema(folder, plan.small))
    return {
        **run_in_turn(start_up_commands(), plan.quick),
        **run_in_turn(briefings(folder), plan.steady),
        **run_in_turn(commands_of_a_second(plan, folder), plan.steady),
        **run_in_turn({**bare_parses(main / "studies.yaml"), **commands_on_main_base(plan, main)}, plan.slow),
        **run_in_turn(loading_and_analyses(main), plan.slow),
        **run_each_once({"check-jsonschema": check_jsonschema(folder, plan.main)}),
    }


def start_up_commands() -> Commands:
    """Return commands that mostly start Python, and the start of Python alone."""
    return {
        "python -c pass": (PYTHON, "-c", "pass"),
        "--version": (*PROGRAM, "--version"),
        "gaps, bundled base": program("gaps"),
        FIRST: (*WITHOUT_CACHE, *program("gaps")),
        BRIEF: program("brief"),
    }


def briefings(folder: Path) -> Commands:
    """Return commands that write the same briefing in each format; Pandoc and Typst take most of their time."""
    return {f"brief, {suffix}": (*program("brief"), "-o", folder / f"b.{suffix}") for suffix in DOCUMENTS}


def commands_of_a_second(plan: Plan, folder: Path) -> Commands:
    """Return commands that take a second or two at most."""
    return {
        f"gaps {plan.middle:,}": program("gaps", folder / str(plan.middle)),
        f"validate {plan.small:,}": program("validate", folder / str(plan.small)),
        f"validate {plan.middle:,}": program("validate", folder / str(plan.middle)),
    }


def bare_parses(studies: Path) -> Commands:
    """Return both ways to parse a file without building objects."""
    return {
        EVENTS: (PYTHON, "-m", "benchmarks.parse", "events", studies),
        SCAN: (PYTHON, "-m", "benchmarks.parse", "scan", studies),
    }


def commands_on_main_base(plan: Plan, main: Path) -> Commands:
    """Return commands on the main base."""
    return {
        f"validate {plan.main:,}": program("validate", main),
        f"validate {plan.main:,} files": program("validate", main.parent / "split"),
        f"validate {plan.main:,}, {plan.faults:,} errors": program("validate", main.parent / "faulty"),
        f"gaps {plan.main:,}": program("gaps", main),
        f"gaps {plan.main:,}, nothing kept": (*WITHOUT_CACHE, *program("gaps", main)),
    }


def loading_and_analyses(base: Path) -> Commands:
    """Return commands that load the main base, alone and with every analysis after it."""
    script = (PYTHON, "-m", "benchmarks.analyse")
    return {LOAD: (*script, "load", base), ALL: (*script, "all", base)}


def check_jsonschema(folder: Path, count: int) -> Command:
    """Return the command of the program to compare with, on the studies file of one base."""
    return (
        PYTHON,
        "-m",
        "check_jsonschema",
        "--schemafile",
        folder / "schema.json",
        folder / str(count) / "studies.yaml",
    )


def run_largest(folder: Path) -> Runs:
    """Write, validate and analyse the largest base once."""
    commands = {
        "generate": generate(LARGE, folder),
        "validate": program("validate", folder),
        "gaps": program("gaps", folder),
    }
    return run_each_once({f"{name} {LARGE:,}": command for name, command in commands.items()})


def ratios(plan: Plan) -> tuple[Ratio, ...]:
    """Return the targets, then the ratios that show how time grows."""
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
    """Return the median wall time."""
    return median(run.seconds for run in runs)


def inside(runs: Sequence[Run]) -> float:
    """Return the median of the seconds that processes print."""
    return median(float(run.output) for run in runs)


def peak(runs: Sequence[Run]) -> float:
    """Return the largest peak of memory, in megabytes."""
    return max(run.megabytes for run in runs)


MEASURES = {"time": seconds, "inside": inside, "memory": peak}


def report(plan: Plan, runs_by_name: Runs, *, judged: bool) -> Iterator[str]:
    """Yield the machine, the table of medians and the ratios, line by line."""
    yield f"{machine()}. The bare parses and check-jsonschema read the studies file of {plan.main:,} entries."
    yield f"\n{'wall time of a process':<32}{'runs':>6}{'median s':>12}{'peak MB':>10}"
    for name, runs in runs_by_name.items():
        yield f"{name:<32}{len(runs):>6}{seconds(runs):>12.3f}{peak(runs):>10.0f}"
    for name in INSIDE:
        yield f"{f'{name}, inside':<32}{len(runs_by_name[name]):>6}{inside(runs_by_name[name]):>12.3f}"
    yield f"\n{'ratio of medians':<54}{'times':>8}"
    for ratio in ratios(plan):
        measure = MEASURES[ratio.of]
        value = measure(runs_by_name[ratio.over]) / measure(runs_by_name[ratio.under])
        verdict = ratio.verdict(value) if judged else "not judged: smoke run"
        kind = "" if ratio.of == "time" else f", {ratio.of}"
        yield f"{f'{ratio.over} / {ratio.under}{kind}':<54}{value:>8.2f}  {verdict}"


def machine() -> str:
    """Return the size of the machine."""
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
    arguments = parser.parse_args()
    plan = SMOKE if arguments.smoke else FULL
    with tempfile.TemporaryDirectory(prefix="coprod-review-") as folder:
        use_folder_for_caches(Path(folder, "bytecode"))
        written = write_bases(plan, Path(folder))
        runs = time_commands(plan, Path(folder)) | written
        if arguments.large:
            runs |= run_largest(Path(folder, "large"))
    print("\n".join(report(plan, runs, judged=not arguments.smoke)))


if __name__ == "__main__":
    main()
