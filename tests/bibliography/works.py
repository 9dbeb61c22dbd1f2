"""Works to cite, and citations and references as text."""

from collections.abc import Iterable, Iterator
from typing import Any

from coprod_review.bibliography.citations import STYLES, CitationCluster, CitationFormatter, TextRun
from coprod_review.model.citation import Citation, Name
from coprod_review.model.study import Study
from tests.conftest import study


def text_of(words: tuple[TextRun, ...]) -> str:
    return "".join(f"*{w.text}*" if w.emphasis else w.text for w in words)


def plain_text(words: tuple[TextRun, ...]) -> str:
    return "".join(w.text for w in words)


def cluster_text(cluster: CitationCluster) -> str:
    return cluster.prefix + cluster.delimiter.join(text for _, text in cluster.items) + cluster.suffix


def make_work(
    place: int, title: str = "", *, names: tuple[Name, ...] = (Name(family="Kay", given="Katie"),), **facts: Any
) -> Study:
    """A work by Kay of 2019, unless other facts are given."""
    facts = {"type": "report", "title": title or f"Title {place}", "author": names, "issued": 2019, **facts}
    return study(place, id=f"work-{place}", citation=Citation(**facts))


def references(studies: Iterable[Study]) -> str:
    """Each style with the works in its order: id and citation on one line, the reference on the next."""
    return "\n".join(_in_styles(tuple(studies)))


def _in_styles(studies: tuple[Study, ...]) -> Iterator[str]:
    ids = [study.id for study in studies]
    for style in STYLES:
        formatter = CitationFormatter(studies, style)
        citations = dict(formatter.cite(ids).items)
        works = [f"{i} | {citations[i]}\n{text_of(formatter.reference(i))}\n" for i in formatter.order(ids)]
        yield "\n".join((f"# {style}\n", *works))
