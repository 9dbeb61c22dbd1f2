"""Steps are applied one after the other, and a later one needs a module and a line of the registry."""

from typing import Any

import pytest

from coprod_review.errors import CoprodReviewError
from coprod_review.migration import base_1_to_2, migrate, registry
from coprod_review.migration.step import BaseTexts, Changes, Step, ToDo
from coprod_review.source.problems import Edit
from coprod_review.source.splices import replace_entry, replace_value
from coprod_review.source.yaml_text import YamlText
from tests.migration import old_base

LATER = "coprod-review/base/3"


def _rename_design(texts: BaseTexts) -> Changes:
    """A later step: the field ``design`` gets another name, and one entry a to-do."""
    edits: dict[str, tuple[Edit, ...]] = {}
    for entry in texts.entries():
        edit = replace_entry(entry.text, (*entry.path, "design"), [f"method: {entry.data['design']}"])
        edits[entry.text.name] = (*edits.get(entry.text.name, ()), edit)
    about = texts.parts["base"]
    edits[about.name] = (replace_value(about, ("schema",), LATER),)
    return Changes(edits, (ToDo(texts.studies[0].name, ("studies", 0, "method"), "Check the method.", 1),))


TOY = Step(base_1_to_2.TARGET, LATER, frozenset({"design"}), _rename_design)


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """One more line in the registry."""
    monkeypatch.setattr(migrate, "STEPS", (*registry.STEPS, TOY))


def _texts() -> BaseTexts:
    about = {"base": YamlText(old_base.ABOUT, "base.yaml")}
    return BaseTexts(about, (YamlText(old_base.STUDIES, "studies.yaml"),))


def test_steps_form_a_chain_to_the_current_format() -> None:
    assert [step.target for step in registry.STEPS[:-1]] == [step.source for step in registry.STEPS[1:]]
    assert registry.STEPS[-1].target == registry.CURRENT


@pytest.mark.usefixtures("later")
def test_a_later_step_follows_the_first() -> None:
    result = migrate.migrate(_texts(), base_1_to_2.SOURCE)
    studies: Any = result.texts.studies[0].data
    assert result.texts.parts["base"].original == old_base.ABOUT.replace("base/1  #", "base/3  #")
    assert {entry["method"] for entry in studies["studies"]} == {"qualitative"}
    assert "aims" in studies["studies"][0]
    (to_do,) = [to_do for to_do in result.to_dos if to_do.what == "Check the method."]
    assert result.texts.studies[0].line(result.line(to_do)).strip() == "method: qualitative"


@pytest.mark.usefixtures("later")
def test_a_base_in_the_middle_gets_the_later_step_alone() -> None:
    middle = YamlText(old_base.STUDIES.replace("focus", "coding_note2"), "studies.yaml")
    result = migrate.migrate(BaseTexts(_texts().parts, (middle,)), base_1_to_2.TARGET)
    assert "method: qualitative" in result.texts.studies[0].original
    assert "co_producer" in result.texts.studies[0].original


@pytest.mark.usefixtures("later")
def test_the_oldest_format_decides() -> None:
    old = migrate.find_old_field(_texts())
    assert old is not None
    assert (old.version, old.path) == (base_1_to_2.SOURCE, ("studies", 0, "focus"))
    assert migrate.can_migrate(base_1_to_2.TARGET)
    assert not migrate.can_migrate(LATER)


def test_an_edit_that_breaks_a_file_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(texts: BaseTexts) -> Changes:
        return Changes({"base.yaml": (replace_value(texts.parts["base"], ("schema",), "[open"),)}, ())

    step = Step(base_1_to_2.SOURCE, base_1_to_2.TARGET, frozenset(), broken)
    monkeypatch.setattr(migrate, "STEPS", (step,))
    with pytest.raises(CoprodReviewError, match=r"base\.yaml is written in a way that .* Nothing was changed\."):
        migrate.migrate(_texts(), base_1_to_2.SOURCE)
