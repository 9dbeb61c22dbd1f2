"""The parts of the registry: a module for each rule, and a family for each first digit of their codes."""

from collections.abc import Iterator
from typing import NamedTuple, Protocol

from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.source.problems import Problem, Rule


class RuleModule(Protocol):
    """A module that looks for one kind of problem; its docstring is the page for users."""

    @property
    def RULE(self) -> Rule:  # noqa: N802 - a module constant
        """The code, name, severity and other properties of the rule."""

    def check(self, base: EvidenceBase) -> Iterator[Problem]:
        """Yield every problem of this kind."""


class RuleFamily(NamedTuple):
    """Rules about one subject."""

    digit: str
    """The first digit of their codes."""
    title: str
    """The subject, as a heading."""
    modules: tuple[RuleModule, ...]
    """The modules of the rules, in the order of their codes."""
