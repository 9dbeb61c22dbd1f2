"""Limits on the time and the memory that a template may use."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SECONDS = 20.0
"""How long a template may run."""
MEMORY = 512 * 2**20
"""How many bytes of memory a template may use beyond what is in use already."""


class TimeIsUp(BaseException):
    """A template ran for too long.

    Derives from BaseException so that ``except Exception`` in code that a template calls cannot catch it.
    """


@contextmanager
def limits() -> Iterator[None]:
    """Stop what runs for too long or needs too much memory. Raises ``TimeIsUp`` and ``MemoryError``."""
    with _time_limit(), _memory_limit():
        yield


@contextmanager
def _time_limit() -> Iterator[None]:
    """Raise ``TimeIsUp`` when time is up, where the platform has an alarm and this is the main thread."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return
    alarms: list[int] = []

    def stop(number: int, _: object) -> None:
        alarms.append(number)
        raise TimeIsUp

    handler = signal.signal(signal.SIGALRM, stop)
    # The alarm repeats every second, because code that catches everything might catch the first one.
    timer = signal.setitimer(signal.ITIMER_REAL, SECONDS, 1)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, *timer)
        signal.signal(signal.SIGALRM, handler)
    if alarms:  # a function caught every alarm and returned with half of its work done
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
