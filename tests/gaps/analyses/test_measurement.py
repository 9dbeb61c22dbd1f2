"""How outcomes were measured, on a base worked out by hand."""

from typing import Any

from coprod_review.gaps.analyses import measurement
from coprod_review.model.base import Framework
from coprod_review.model.study import Study
from tests.gaps.worked import (
    bounds,
    cells,
    figures,
    filled,
    found,
    limits,
    named,
    nothing_is_known,
    numbers,
    practices,
    primary,
    whole,
    without_one,
)


def _by(*kinds: str, **codes: Any) -> list[dict[str, Any]]:
    return [{"measurement": kind, **codes} for kind in kinds]


def _base() -> list[Study]:
    """Sixteen outcome studies, and others (S: a published scale; R: records)."""
    scale = {"measurement": "validated_scale", "level": "experience", "instruments": ("SWEMWBS",)}
    return [
        whole(1, *_by("validated_scale", instruments=("WEMWBS",)), practice=("recovery-college",)),  # S
        whole(2, *_by("validated_scale", instruments=("WEMWBS", "PAM"))),  # S
        whole(3, *_by("administrative"), practice=("recovery-college",)),  # R
        *(whole(n, *_by("qualitative")) for n in range(4, 10)),  # neither
        whole(10, *_by("qualitative", "not_reported"), practice=("recovery-college",)),  # not known: one unreported
        whole(11, *_by("author_assertion", "study_specific")),  # neither: an own measure is no published scale
        found(12, *_by("qualitative")),  # not known: an abstract shows no absence
        found(13, *_by("validated_scale")),  # S
        whole(14, *_by("not_coded")),  # not known
        whole(15, *_by("validated_scale", instruments=("EQ-5D",)), role="context"),  # not counted
        whole(16, *_by("validated_scale", instruments=("EQ-5D",)), status="retracted"),  # not counted
        whole(17, scale),  # a scale of taking part: no outcome study
        whole(18, *_by("administrative", "qualitative"), design="systematic-review"),  # R
        whole(19, scale, *_by("qualitative", level="impact")),  # neither: its scale measures no change
    ]


def test_a_published_scale_or_records(framework: Framework) -> None:
    figure = figures(measurement.analyse(_base(), framework))["scale-or-records"]
    # Yes: 1 2 3 13 18. No: 4 to 9, 11, 19. Not known: 10, 12, 14. So 5 of 13, 0.385.
    assert numbers(figure) == (5, 13, 3, 0.385)
    assert (figure.numerator_ids, figure.unknown_ids) == (named(1, 2, 3, 13, 18), named(10, 12, 14))
    # (10 + 3.8415 -+ 1.96 sqrt(3.8415 + 4 x 5 x 8/13)) / (2 (13 + 3.8415)) = (13.8415 -+ 7.8763) / 33.6829
    assert limits(figure) == (0.177, 0.645)
    assert bounds(figure) == (0.312, 0.5)  # 5/16 and 8/16
    assert without_one(figure) == (0.333, 0.417)  # 4/12 and 5/12
    assert primary(figure) == (4, 12, 0.333)  # without the review, 18
    assert practices(figure) == {"recovery-college": (2, 2, 1)}


def test_a_published_scale(framework: Framework) -> None:
    figure = figures(measurement.analyse(_base(), framework))["scale"]
    # Yes: 1 2 13. No: 3, 4 to 9, 11, 18, 19. Not known: 10, 12, 14. So 3 of 13.
    assert numbers(figure) == (3, 13, 3, 0.231)
    assert figure.numerator_ids == named(1, 2, 13)
    # (6 + 3.8415 -+ 1.96 sqrt(3.8415 + 4 x 3 x 10/13)) / 33.6829 = (9.8415 -+ 7.0864) / 33.6829
    assert limits(figure) == (0.082, 0.503)


def test_table_separates_not_reported_from_not_coded(framework: Framework) -> None:
    cells = filled(measurement.analyse(_base(), framework), "measurement.types")
    assert {name: cell for name, cell in cells.items() if name.endswith("/studies")} == {
        "validated_scale/studies": named(1, 2, 13),
        "administrative/studies": named(3, 18),
        "study_specific/studies": named(11),
        "qualitative/studies": named(*range(4, 11), 12, 18, 19),
        "author_assertion/studies": named(11),
        "not_reported/studies": named(10),
        "not_coded/studies": named(14),
    }
    assert cells["administrative/findings"] == ("author3-2020.1", "author18-2020.1")
    assert cells["qualitative/findings"][-1] == "author19-2020.2"


def test_instruments_of_outcome_findings_are_listed(framework: Framework) -> None:
    cells = filled(measurement.analyse(_base(), framework), "measurement.instruments")
    assert cells == {"PAM/studies": named(2), "WEMWBS/studies": named(1, 2)}


def test_where_no_measurement_is_coded_it_is_missing(framework: Framework) -> None:
    result = measurement.analyse([found(n, *_by("not_coded", "not_reported")) for n in (1, 2)], framework)
    assert result.missing == ("measurement",)
    assert nothing_is_known(result) == []
    assert not any(name.startswith("measurement.instruments") for name in cells(result))


def test_unreported_measure_is_unknown(framework: Framework) -> None:
    scales = measurement.analyse([whole(n, *_by("not_reported")) for n in range(1, 13)], framework).figures
    assert [(numbers(f), f.reason) for f in scales] == [((None, 0, 12, None), "nothing_known")] * 2


def test_base_without_outcome_studies_lacks_no_code(framework: Framework) -> None:
    for studies in ([], [whole(1, *_by("validated_scale"), role="context")]):
        result = measurement.analyse(studies, framework)
        assert result.missing == ()
        assert nothing_is_known(result) == []


def test_one_study_is_counted_and_given_no_share(framework: Framework) -> None:
    either, scale = measurement.analyse([whole(1, *_by("administrative"))], framework).figures
    assert (numbers(either), numbers(scale)) == ((1, 1, 0, None), (0, 1, 0, None))


def test_nine_full_texts_withhold_the_share(framework: Framework) -> None:
    read = [whole(n, *_by("qualitative")) for n in range(1, 10)]
    seen = [found(n, *_by("validated_scale")) for n in range(10, 13)]
    result = measurement.analyse([*read, *seen, found(13, *_by("qualitative"))], framework)
    assert [(numbers(f), f.reason) for f in result.figures] == [((3, 12, 1, None), "few_full_texts")] * 2
