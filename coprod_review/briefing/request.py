"""What a user requests when a briefing is written."""

from dataclasses import dataclass
from pathlib import Path

from coprod_review.briefing.builder import Citations


@dataclass(frozen=True, slots=True)
class BriefingRequest:
    """The options of a briefing."""

    template: str = "summary"
    about: str = ""
    citations: Citations = "keys"
    style: str | Path = "harvard"
    templates: Path | None = None
