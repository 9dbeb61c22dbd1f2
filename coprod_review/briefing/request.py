"""What a reader asks for when a briefing is written."""

from dataclasses import dataclass
from pathlib import Path

from coprod_review.briefing.builder import Citations


@dataclass(frozen=True, slots=True)
class BriefingRequest:
    """What a reader asked for."""

    template: str = "summary"
    about: str = ""
    citations: Citations = "keys"
    style: str | Path = "harvard"
    templates: Path | None = None
