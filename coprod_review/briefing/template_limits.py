"""Limits on the time and the memory that a template may use."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

SECONDS = 20.0
"""How many seconds of CPU time a template of the user's own may take."""
MEMORY = 512 * 2**20
"""How many bytes of memory a template may use beyond what is in use already."""


class TimeIsUp(BaseException):
    """A template took too much CPU time.

    Derives from BaseException so that ``except Exception`` in code that a template calls cannot catch it.
    """


@contextmanager
def limits(*, timed: bool) -> Iterator[None]:
    """Stop what needs too much memory and, if ``timed``, too much CPU time. Raises ``TimeIsUp`` and ``MemoryError``.

    CPU time is what the template itself uses, so a busy or suspended computer does not stop a template.
    """
    with _time_limit() if timed else nullcontext(), _memory_limit():
        yield


@contextmanager
def _time_limit() -> Iterator[None]:
    """Raise ``TimeIsUp`` when the CPU time is up, where the platform has such a timer and this is the main thread."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return
    signals: list[int] = []

    def stop(number: int, _: object) -> None:
        signals.append(number)
        raise TimeIsUp

    handler = signal.signal(signal.SIGPROF, stop)
    # The signal repeats after every second, because code that catches everything might catch the first one.
    timer = signal.setitimer(signal.ITIMER_PROF, SECONDS, 1)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, *timer)
        signal.signal(signal.SIGPROF, handler)
    if signals:  # a function caught every signal and returned with half of its work done
        raise TimeIsUp


@contextmanager
def _memory_limit() -> Iterator[None]:
    """Limit the address space of the process, where the platform can do so."""
    try:
        import resource

        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except (ImportError, OSError):
        yield
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    limit = pages * resource.getpagesize() + MEMORY
    resource.setrlimit(resource.RLIMIT_AS, (min((n for n in (limit, soft, hard) if n >= 0), default=limit), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
