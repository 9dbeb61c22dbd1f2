"""Templates of briefings: what they may do, and how each attempt at more ends.

Longer than 400 lines, because the attempts to escape from the sandbox are reviewed as one list.
"""

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import MappingProxyType

import pytest

from coprod_review import bundled
from coprod_review.bibliography.citations import TextRun
from coprod_review.briefing import template_limits, template_loader, template_sandbox
from coprod_review.briefing.template_loader import UnknownTemplate
from coprod_review.briefing.template_sandbox import Markdown, Readable, TemplateError
from coprod_review.errors import UnknownName, UnreadableFile
from coprod_review.files import reading
from coprod_review.model.base import Framework
from coprod_review.model.codebook import Term
from coprod_review.model.study import Study
from tests.conftest import study

resource = pytest.importorskip("resource")
STUDY = study(populations={"carers": "focus"})
Fill = Callable[..., str]


class _Shelf(Readable):
    """A value whose public attributes and methods a template may use."""

    def __init__(self) -> None:
        self._secret = STUDY

    @property
    def size(self) -> int:
        return 2

    def books(self, topic: str, *, most: int = 1) -> list[str]:
        return [topic] * most


def _cite(*ids: str) -> Markdown:
    return Markdown(f"**{', '.join(ids)}**")


def _echo(value: object, times: int = 1) -> object:
    return [value] * times


def _refuse(name: str) -> str:
    raise UnknownName(f"There is no study {name}: coprod-review list shows every study.")


def _break() -> str:
    raise KeyError("lost")


WORDS = {
    "study": STUDY,
    "terms": [Term(id="a", label="A *b*", definition="", source=""), Term(id="c", label="C", definition="", source="")],
    "held": MappingProxyType({"one": 1, "items": "*"}),
    "word": TextRun("a_b", True),
    "nothing": None,
    "shelf": _Shelf(),
    "cite": _cite,
    "echo": _echo,
    "refuse": _refuse,
    "breaks": _break,
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of templates to work in; the bundled ones are in a folder of their own."""
    shipped = tmp_path / "shipped" / "templates"
    (shipped / "briefings").mkdir(parents=True)
    (tmp_path / "mine").mkdir()
    monkeypatch.setattr(bundled, "TEMPLATES", shipped)
    monkeypatch.chdir(tmp_path)
    return tmp_path / "mine"


def _write(folder: Path, **templates: str) -> None:
    for name, text in templates.items():
        (folder / f"{name}.md.j2").write_text(text, encoding="utf-8")


def _shipped() -> Path:
    return bundled.TEMPLATES / "briefings"


@pytest.fixture
def fill(folder: Path) -> Fill:
    """Fill a text as a template, with the words of these tests."""

    def filled(text: str, **more: object) -> str:
        _write(folder, own=text)
        return template_sandbox.render("own", folder, {**WORDS, **more})

    return filled


def _error_message(fill: Fill, text: str, **more: object) -> str:
    with pytest.raises(TemplateError) as caught:
        fill(text, **more)
    message = str(caught.value)
    assert message.startswith("mine/own.md.j2:")
    assert "\n" not in message
    assert message.endswith((".", "?"))
    return message.removeprefix("mine/own.md.j2:")


# --- what a template may do --------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("# *As* <b>it</b> is\n", "# *As* <b>it</b> is\n"),
        ("{{ '<b> *x* [a](b) `c` a|b' }}", r"\<b\> \*x\* \[a\](b) \`c\` a\|b"),
        ("{{ '\u202e \x07' }}", r"\\u202e \\u0007"),
        ("a{{ ', ' }}b{{ '' }}{{ ' ' }}c", "a, b c"),
        ("{{ 22 }} {{ 0.5 }} {{ 7 // 2 + 1 - 2 * 3 % 4 }}", "22 0.5 2"),
        ("{{ study.id }} {{ study.year }} {{ study.citation.author[0].family }}", "author1-2020 2020 author1"),
        ("{{ study['id'] }} {{ study.citation['title'] }}", "author1-2020 Title 1"),
        ("{{ held.one }} {{ held['one'] }} {{ held['items'] }} {{ held.get('two', 2) }}", r"1 1 \* 2"),
        ("{% for k, v in study.populations.items() %}{{ k }}={{ v }}{% endfor %}", "carers=focus"),
        ("{{ word.text }}", r"a\_b"),
        ("{{ shelf.size }} {{ shelf['size'] }} {{ shelf.books('*', most=2)|join }}", r"2 2 \*\*"),
        ("{{ 'Staff'|lower_first }} {{ 'NHS staff'|lower_first }} {{ ''|lower_first }}", "staff NHS staff "),
        (
            "{% for t in terms %}{{ loop.index }} {{ t.label }}{{ ', ' if not loop.last }}{% endfor %}",
            r"1 A \*b\*, 2 C",
        ),
        ("{% for t in terms[:1] if t.id != 'c' %}{{ t.id }}{% else %}none{% endfor %}", "a"),
        ("{{ cite('kay-2019', 'fox-2018') }}", "**kay-2019, fox-2018**"),
        ("{% for t in terms %}{% set c = cite(t.id) %}{{ c }}{% endfor %}", "**a****c**"),
        ("{{ cite('a') ~ ' and *' ~ 1 }}", r"**a** and \*1"),
        (
            "{{ [cite('a'), 'b*']|join(', ') }}|{{ ['a']|join(' * ') }}|{{ ['a', 'b']|join(' * ') }}",
            r"**a**, b\*|a|a \* b",
        ),
        ("{{ terms|map(attribute='label')|join('; ') }}", r"A \*b\*; C"),
        ("{{ terms|sort(attribute='id', reverse=true)|map(attribute='id')|join }}", "ca"),
        ("{{ (terms|selectattr('id', 'eq', 'c')|first).label }}", "C"),
        ("{% for id, held in terms|groupby('id') %}{{ id }}{{ held|length }}{% endfor %}", "a1c1"),
        (
            "{{ nothing or 'no date' }} {{ 'yes' if missing is defined else 'no' }} {{ missing|default('d') }}",
            "no date no d",
        ),
        (
            "{{ [1, 2.5]|sum }} {{ 2.567|round(1) }} {{ 2.5|round }} {{ [3, 1]|max }} {{ range(3)|list|length }}",
            "3.5 2.6 2 3 3",
        ),
        ("{{ 'a b'.split()[1] }} {{ 'Ab'.lower() }} {{ 'ab'|replace('b', '*') }} {{ ' x '|trim }}", r"b ab a\* x"),
        ("{% macro m(x) %}<i>{{ x }}</i>{% endmacro %}{{ m('*') }} {{ m(m('_')) }}", r"<i>\*</i> <i><i>\_</i></i>"),
        ("{% macro m() %}[{{ caller() }}]{% endmacro %}{% call m() %}**{{ '*' }}**{% endcall %}", r"[**\***]"),
        ("{% set x %}**{{ '*' }}**{% endset %}{{ x }}{{ x|trim }}", r"**\***" * 2),
        ("{% filter indent %}- a\n- b{% endfilter %}", "- a\n  - b"),
        ("{% block b %}*x*{% endblock %}{{ self.b() }}", "*x**x*"),
        ("{% for x in [1, [2]] recursive %}{{ loop(x) if x is iterable else x }}{% endfor %}", "12"),
        ("{% if true %}\n  a\n  {% endif %}\nb\n", "  a\nb\n"),
        ("{# nothing #}\n{% raw %}{{ x }}{% endraw %}\n", "{{ x }}"),
    ],
)
def test_a_template_makes(fill: Fill, text: str, made: str) -> None:
    assert fill(text) == made


def test_user_templates_override_and_include_bundled_ones(folder: Path) -> None:
    _write(
        _shipped(),
        summary="bundled {% include '_part' %}",
        _part="part",
        tools="{% macro m(i) %}{{ cite(i) }}!{% endmacro %}",
    )
    assert template_sandbox.render("summary", None, WORDS) == "bundled part"
    assert template_sandbox.render("summary", folder, WORDS) == "bundled part"
    _write(
        folder,
        _part="my {{ study.id }}",
        own="{% import 'tools.md.j2' as t %}{% from 'tools' import m %}{{ t.m('a') }}{{ m('b') }}",
    )
    assert template_sandbox.render("summary", folder, WORDS) == "bundled my author1-2020"
    assert template_sandbox.render("own", folder, WORDS) == "**a**!**b**!"
    _write(
        folder,
        summary="mine",
        child="{% extends 'frame' %}{% block a %}<{{ super() }}>{% endblock %}",
        frame="{% block a %}*x*{% endblock %}",
    )
    assert template_sandbox.render("summary", folder, WORDS) == "mine"
    assert template_sandbox.render("child", folder, WORDS) == "<*x*>"


def test_template_list_shows_first_comments(folder: Path) -> None:
    _write(_shipped(), summary="{# Two\n pages. #}x{# more #}", _basis="{# Part. #}", plain="text")
    _write(folder, plain="{#- Mine \u202e -#}", **{"a-b.c": ""})
    (folder / "note.txt").write_text("no template", encoding="utf-8")
    (folder / "with space.md.j2").write_text("no name", encoding="utf-8")
    assert list(template_loader.template_descriptions(folder).items()) == [
        ("a-b.c", ""),
        ("plain", "Mine \\u202e"),
        ("summary", "Two pages."),
    ]
    assert template_loader.template_source("summary", folder).startswith("{# Two\n")
    assert template_loader.template_source("_basis", None) == "{# Part. #}"


def test_the_bundled_templates_have_descriptions() -> None:
    descriptions = template_loader.template_descriptions(None)
    assert "summary" in descriptions
    assert all(descriptions.values())


def test_crlf_and_byte_order_mark_are_accepted(folder: Path) -> None:
    (folder / "own.md.j2").write_bytes(b"\xef\xbb\xbf# A\r\n{{ study.id }}\r\n")
    assert template_sandbox.render("own", folder, WORDS) == "# A\nauthor1-2020\n"


CALLED = "a function cannot be called like this"
WORKED = "this cannot be worked out (TypeError: "
CORRECT = "; correct the template."


# --- what is not there --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("\n\n{{ studdy.id }}", "3: a template has no word `studdy`; did you mean `study`?"),
        ("{{ books('a') }}", "1: a template has no word `books`; write `shelf.books` instead."),
        ("{{ _secret }}", "1: a template has no word `_secret`; correct the name."),
        ("{{ zzz }}", "1: a template has no word `zzz`; correct the name."),
        (
            "{{ study.citaton.title }}",
            "1: the Study has no attribute `citaton`; did you mean `citation`?",
        ),
        ("{{ held.oen }}", "1: a mapping has no attribute `oen`; did you mean `one`?"),
        (
            "{{ nothing.id }}",
            "1: what is not there (none) has no attribute `id`; correct the name.",
        ),
        ("{{ shelf.book('a') }}", "1: the _Shelf has no attribute `book`; did you mean `books`?"),
        (
            "{{ shelf.books() }}",
            f"1: {CALLED}: missing a required argument: 'topic'; it takes (topic, *, most=1).",
        ),
        ("{{ terms[7] }}", "1: a list of 2 has no item 7; test for it with if."),
        ("{% for x in missing %}{% endfor %}", "1: a template has no word `missing`; correct the name."),
        ("{{ missing ~ 'x' }}", "1: a template has no word `missing`; correct the name."),
        ("{{ missing() }}", "1: a template has no word `missing`; correct the name."),
        ("{{ 1|frist }}", "1: there is no filter `frist`; did you mean `first`?"),
        ("{% if 1 is od %}{% endif %}", "1: there is no test `od`; did you mean `odd`?"),
        ("\n{% if %}", "2: Expected an expression, got 'end of statement block'; correct the template."),
        ("a\n{{ b", "2: unexpected end of template, expected 'end of print statement'; correct the template."),
        (
            "{% macro m(a) %}{% endmacro %}\n{{ m(1, 2) }}",
            f"2: {WORKED}macro 'm' takes not more than 1 argument(s)){CORRECT}",
        ),
        (
            "{{ echo() }}",
            f"1: {CALLED}: missing a required argument: 'value'; it takes (value, times=1).",
        ),
        (
            "{{ echo(1, tmies=2) }}",
            f"1: {CALLED}: got an unexpected keyword argument 'tmies'; it takes (value, times=1).",
        ),
        ("\n{{ refuse('kay') }}", "2: There is no study kay: coprod-review list shows every study."),
        ("{{ breaks() }}", "1: this cannot be worked out (KeyError: 'lost'); correct the template."),
        ("{{ 1 / 0 }}", "1: this cannot be worked out (ZeroDivisionError: division by zero); correct the template."),
        (
            "{{ 'a' < 1 }}",
            f"1: {WORKED}'<' not supported between instances of 'str' and 'int'){CORRECT}",
        ),
        (
            "\n{% include 'summray' %}",
            "2: There is no template summray: did you mean `summary`? There are: own, summary.",
        ),
        (
            "{% include 3 %}",
            f"1: {WORKED}'int' object is not iterable){CORRECT}",
        ),
        ("{% extends nothing %}", "1: There is no template None. There are: own, summary."),
    ],
)
def test_errors_name_their_line(fill: Fill, text: str, message: str) -> None:
    _write(_shipped(), summary="x")
    assert _error_message(fill, text) == message


@pytest.mark.parametrize(
    "text", ["{{ old }}", "{{ old('a') }}", "{% for x in old %}{% endfor %}", "{% if old %}{% endif %}"]
)
def test_former_word_names_the_new_one(folder: Path, text: str) -> None:
    _write(folder, own=text)
    with pytest.raises(TemplateError) as caught:
        template_sandbox.render("own", folder, WORDS, {"old": "shelf.books(topic)"})
    expected = "mine/own.md.j2:1: a template has no word `old`; write `shelf.books(topic)` instead."
    assert str(caught.value) == expected


def test_errors_in_includes_name_their_own_line(folder: Path) -> None:
    _write(_shipped(), part="\n{{ missing }}", macros="{% macro m() %}\n\n{{ refuse('x') }}{% endmacro %}")
    _write(
        folder,
        own="{% include 'part' %}",
        other="{% from 'macros' import m %}{{ m() }}",
        bad="{% if %}",
        third="{% include 'bad' %}",
    )
    for name, place in {
        "own": "templates/briefings/part.md.j2:2:",
        "other": "templates/briefings/macros.md.j2:3:",
        "third": "mine/bad.md.j2:1:",
    }.items():
        with pytest.raises(TemplateError, match=f"^{place}"):
            template_sandbox.render(name, folder, WORDS)


@pytest.mark.parametrize(
    "text",
    [
        "{{ study }}",
        "{{ nothing }}",
        "{{ true }}",
        "{{ terms }}",
        "{{ held }}",
        "{{ study ~ '' }}",
    ],
)
def test_values_without_text_are_rejected(fill: Fill, text: str) -> None:
    assert "has no text of its own; print a part of it, or test it with if." in _error_message(fill, text)


@pytest.mark.parametrize("text", ["{{ cite }}", "{{ [cite]|join }}"])
def test_uncalled_function_is_reported(fill: Fill, text: str) -> None:
    assert "a function is called with brackets" in _error_message(fill, text)


# --- ways out --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "{{ ''.__class__ }}",
        "{{ ''['__class__'] }}",
        "{{ study.__class__.__mro__ }}",
        "{{ study['__' ~ 'class__'] }}",
        "{{ study.__init__.__globals__ }}",
        "{{ cite.__globals__ }}",
        "{{ cite.__code__ }}",
        "{{ cite.__call__() }}",
        "{{ study._replace }}",
        "{{ study.citation.__dataclass_fields__ }}",
        "{{ word._replace(text='x') }}",
        "{{ word.count }}",
        "{{ shelf._secret }}",
        "{{ shelf['_secret'] }}",
        "{{ shelf.__dict__|length }}",
        "{{ shelf.__dict__._secret.id }}",
        "{{ shelf.__module__ }}",
        "{{ shelf.__class__ }}",
        "{{ shelf.books.__self__ }}",
        "{{ shelf.books.__func__ }}",
        "{{ shelf.books.__globals__ }}",
        "{{ [shelf]|map(attribute='_secret')|list }}",
        "{{ [shelf]|map(attribute='books.__self__._secret')|list }}",
        "{{ [shelf]|selectattr('_secret')|list }}",
        "{{ shelf }}",
        "{{ shelf.books }}",
        "{% set shelf.size = 3 %}",
        "{{ '{0.__class__}'.format(study) }}",
        "{{ '{a.__class__}'.format_map({'a': study}) }}",
        "{{ '{0.__class__}'['format'](study) }}",
        "{{ 'x'.join(['a']) }}",
        "{{ 'x'.encode() }}",
        "{{ 'x'.ljust(9) }}",
        "{{ 'x'.replace('x', 'y') }}",
        "{{ cite('a').format() }}",
        "{{ study|attr('__class__') }}",
        "{{ [study]|map(attribute='__class__')|list }}",
        "{{ [study]|map('attr', '__class__')|list }}",
        "{{ [study]|map(attribute='citation.__class__')|list }}",
        "{{ [study]|sort(attribute='__class__') }}",
        "{{ [study]|selectattr('__class__')|list }}",
        "{{ [study]|groupby('__class__') }}",
        "{{ '%s'|format(study) }}",
        "{{ study|string }}",
        "{{ study|tojson }}",
        "{{ study|pprint }}",
        "{{ '<b>'|safe }}",
        "{{ [1]|random }}",
        "{{ cycler('a') }}",
        "{{ joiner(',') }}",
        "{{ namespace(a=1) }}",
        "{{ lipsum() }}",
        "{{ lipsum.__globals__ }}",
        "{{ dict(a=1) }}",
        "{{ self.__init__ }}",
        "{{ self._TemplateReference__context }}",
        "{{ self['__class__'] }}",
        "{% block b %}{% endblock %}{{ self.b._context }}",
        "{% block b %}{% endblock %}{{ self.b.super }}",
        "{% macro m() %}{{ caller.__class__ }}{% endmacro %}{% call m() %}{% endcall %}",
        "{% macro m() %}{% endmacro %}{{ m.__call__ }}",
        "{% macro m() %}{% endmacro %}{{ m._func }}",
        "{% macro m() %}{% endmacro %}{{ m.name }}",
        "{% macro m() %}{{ varargs.count }}{% endmacro %}{{ m(1) }}",
        "{% for x in terms %}{{ loop._iterable }}{% endfor %}",
        "{% for x in terms %}{{ loop.__class__ }}{% endfor %}",
        "{{ range.__class__ }}",
        "{{ range(3).__class__ }}",
        "{{ terms.append(1) }}",
        "{{ terms.pop() }}",
        "{{ [1].__class__ }}",
        "{{ held.copy() }}",
        "{{ {}.update({}) }}",
        "{{ (1).real }}",
        "{{ 1.5.hex() }}",
        "{{ missing.__class__ }}",
        "{{ (missing|default(study)).__class__ }}",
        "{{ nothing.__class__ }}",
        "{{ echo(study)[0].__class__ }}",
        "{{ kind }}",
        "{{ kind('a') }}",
        "{{ kind.mro() }}",
        "{{ study.is_eligible() }}",
        "{{ 'a'() }}",
        "{{ folder.parent }}",
        "{{ folder.read_text() }}",
        "{% import 'own2' as o %}{{ o.__class__ }}",
        "{% import 'own2' as o %}{{ o.__name__ }}",
        "{% import 'own2' as o %}{{ o._body_stream|length }}",
        "{% import 'own2' as o %}{{ o['_body_stream'] }}",
        "{% from 'own2' import _hidden %}",
        "{% set __class__ = 1 %}{{ self.x }}",
        "{{ environment }}",
        "{{ context }}",
        "{{ __builtins__ }}",
        "{{ [].__class__.__base__.__subclasses__() }}",
        "{{ ''|map('__class__') }}",
        "{{ [1]|map('eval')|list }}",
        "{% set study.id = 'x' %}",
        "{% do terms.append(1) %}",
        "{% trans %}{% endtrans %}",
    ],
)
def test_there_is_no_way_out(fill: Fill, folder: Path, text: str) -> None:
    _write(folder, own2="{% set _hidden = 1 %}")
    message = _error_message(fill, text, kind=Study, folder=folder)
    assert "Traceback" not in message
    assert "0x" not in message


def test_private_attributes_of_the_model_are_not_read(fill: Fill, framework: Framework) -> None:
    assert int(fill("{{ book.gap_rules|length }}", book=framework.codebook)) == len(framework.codebook.gap_rules)
    assert "_by_id" in _error_message(fill, "{{ book._by_id|length }}", book=framework.codebook)


def test_classes_are_not_called(fill: Fill) -> None:
    assert _error_message(fill, "{{ kind(7) }}", kind=str) == "1: the type cannot be called; leave out the brackets."


@pytest.mark.parametrize(
    "name",
    [
        "/etc/passwd",
        "../secret",
        "..",
        ".",
        "",
        "mine/../../secret",
        "..\\secret",
        "a/b",
        "\x00",
        "x" * 5000,
        "C:\\x",
        "own\n",
    ],
)
def test_no_name_leads_out_of_the_folders(fill: Fill, folder: Path, name: str) -> None:
    _write(folder.parent, secret="SECRET")
    with pytest.raises(UnknownTemplate, match=r"^There is no template "):
        template_loader.template_source(name, folder)
    with pytest.raises(UnknownTemplate):
        template_sandbox.render(name, folder, WORDS)
    for tag in ("{% include name %}", "{% import name as x %}", "{% extends name %}", "{% from name import x %}"):
        assert "There is no template" in _error_message(fill, tag, name=name)


def test_symlinks_may_not_leave_the_folder(folder: Path) -> None:
    _write(folder.parent, secret="SECRET")
    _write(folder, own="text", user="{% include 'out' %}", loop="{% include 'round' %}")
    (folder / "out.md.j2").symlink_to(folder.parent / "secret.md.j2")
    (folder / "passwd.md.j2").symlink_to("/etc/passwd")
    (folder / "also.md.j2").symlink_to("own.md.j2")
    (folder / "round.md.j2").symlink_to("round.md.j2")
    (folder / "lost.md.j2").symlink_to("nowhere.md.j2")
    assert template_sandbox.render("also", folder, WORDS) == "text"
    for name in ("out", "passwd"):
        with pytest.raises(UnreadableFile, match=f"^mine/{name}.md.j2 is a link that leads out of its folder: put"):
            template_loader.template_source(name, folder)
    with pytest.raises(TemplateError, match=r"^mine/user\.md\.j2:1: mine/out\.md\.j2 is a link that leads out"):
        template_sandbox.render("user", folder, WORDS)
    for name, words in {
        "round": r"cannot be read \(too many levels",
        "lost": "is a link to a file that does not",
    }.items():
        with pytest.raises(UnreadableFile, match=f"^mine/{name}.md.j2 {words}"):
            template_loader.template_source(name, folder)


def test_the_folder_itself_may_be_a_link(folder: Path) -> None:
    _write(folder, own="text")
    (folder.parent / "link").symlink_to(folder)
    assert template_sandbox.render("own", folder.parent / "link", WORDS) == "text"


def test_templates_cannot_change_their_context(fill: Fill) -> None:
    assert fill("{% set study = 1 %}{% set terms = [] %}{{ study }}") == "1"
    assert WORDS["study"] is STUDY
    assert fill("{{ study.id }}") == "author1-2020"


# --- files ------------------------------------------------------------------------------------


def test_unknown_template_suggests_the_nearest(folder: Path) -> None:
    _write(_shipped(), summary="", review="", _basis="")
    with pytest.raises(UnknownTemplate) as caught:
        template_sandbox.render("sumary", folder, WORDS)
    assert str(caught.value) == "There is no template sumary: did you mean `summary`? There are: review, summary."


@pytest.mark.parametrize("name", ["none", "file.txt", "a\x00b", "x" * 5000])
def test_missing_folder_is_reported(folder: Path, name: str) -> None:
    (folder.parent / "file.txt").write_text("x", encoding="utf-8")
    for asked in (
        lambda p: template_loader.template_descriptions(p),
        lambda p: template_loader.template_source("own", p),
        lambda p: template_sandbox.render("own", p, {}),
    ):
        with pytest.raises(UnreadableFile, match=r"^There is no folder .*: name a folder that holds templates"):
            asked(Path(name))


def test_missing_bundled_folder_is_reported(folder: Path) -> None:
    _shipped().rmdir()
    with pytest.raises(UnknownTemplate, match=r"No folder holds any file NAME\.md\.j2"):
        template_loader.template_source("x", folder)


def test_unreadable_template_files_are_reported(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "latin.md.j2").write_bytes("ab\xe9".encode("latin-1"))
    (folder / "folder.md.j2").mkdir()
    with (folder / "huge.md.j2").open("wb") as file:
        file.truncate(100 * 2**20)
    os.mkfifo(folder / "pipe.md.j2")
    (folder / "zero.md.j2").symlink_to("/dev/zero")
    for name, message in {
        "latin": "mine/latin.md.j2 is not UTF-8 text, from byte 2 on: save it as UTF-8.",
        "folder": "mine/folder.md.j2 is a folder, not a file: a template is needed here.",
        "huge": "mine/huge.md.j2 is larger than 1 MiB, the limit for a template: use a smaller file.",
        "pipe": "mine/pipe.md.j2 is a pipe, not a file: a template is needed here.",
        "zero": "mine/zero.md.j2 is a link that leads out of its folder: put the template itself there.",
    }.items():
        with pytest.raises(UnreadableFile) as caught:
            template_sandbox.render(name, folder, WORDS)
        assert str(caught.value) == message
        _write(folder, own=f"\n{{% include '{name}' %}}")
        with pytest.raises(TemplateError) as inside:
            template_sandbox.render("own", folder, WORDS)
        assert str(inside.value) == f"mine/own.md.j2:2: {message}"

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    _write(folder, own="x")
    monkeypatch.setattr(reading, "open_regular", refuse)
    with pytest.raises(UnreadableFile, match=r"^mine/own\.md\.j2 cannot be read \(permission denied\): check"):
        template_loader.template_source("own", folder)


# --- limits -------------------------------------------------------------------------------------

LOOPS = "\n{% for a in range(99999) %}\n{% for b in range(99999) %}{% set c = b %}\n{% endfor %}{% endfor %}"
DOUBLING = "\n{% macro m(s, n) %}\n{% if n %}{{ m(s ~ s, n - 1) }}{% endif %}{% endmacro %}\n{{ m('xxxx', 200) }}"
DOUBLED_BLOCK = DOUBLING.replace("{{ m(s ~ s, n - 1) }}", "{% set t %}{{ s }}{{ s }}{% endset %}{{ m(t, n - 1) }}")


def _work(seconds: float) -> str:
    """Use CPU time."""
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass
    return "done"


@pytest.fixture
def narrow(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Less room for a template; and what is limited is as before in the end."""
    monkeypatch.setattr(template_limits, "MEMORY", 64 * 2**20)
    monkeypatch.setattr(template_sandbox, "LONGEST_OUTPUT", 1_000_000)
    before = resource.getrlimit(resource.RLIMIT_AS), signal.getsignal(signal.SIGPROF)
    began = time.monotonic()
    yield
    assert time.monotonic() - began < 15
    assert (resource.getrlimit(resource.RLIMIT_AS), signal.getsignal(signal.SIGPROF)) == before
    assert signal.getitimer(signal.ITIMER_PROF) == (0, 0)


@pytest.mark.slow
@pytest.mark.usefixtures("narrow")
@pytest.mark.parametrize(
    ("text", "message"),
    [
        (LOOPS, "3: the template works for more than 0.5 seconds of CPU time; let it repeat less"),
        (
            "\n{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}\n{{ m(60) }}",
            "2: the template works for more",
        ),
        (
            "{% for a in range(99999) %}\n{{ range(99999)|list|sort|length }}\n{% endfor %}",
            "2: the template works for more",
        ),
    ],
)
def test_time_limit_names_the_line(fill: Fill, monkeypatch: pytest.MonkeyPatch, text: str, message: str) -> None:
    monkeypatch.setattr(template_limits, "SECONDS", 0.5)
    assert message in _error_message(fill, text)


@pytest.mark.usefixtures("narrow")
@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "{% macro m() %}\n{{ m() }}{% endmacro %}{{ m() }}",
            "2: something is nested too deep, or a macro or template calls itself",
        ),
        ("\n{% include 'own' %}", "2: something is nested too deep"),
        ("{% extends 'own' %}", "1: something is nested too deep"),
        ("{% import 'own' as x %}", "1: something is nested too deep"),
        ("{% for x in [1] recursive %}\n{{ loop([1]) }}{% endfor %}", "2: something is nested too deep"),
        ("\n{{ " + "(" * 5000 + " }}", "2: something is nested too deep"),
        ("\n{{ " + "not " * 5000 + "1 }}", "2: something is nested too deep"),
        ("\n{{ 1" + " ~ 1" * 500 + " - 1" * 2000 + " }}", "2: something is nested too deep"),
        ("\n{{ study" + "['id']" * 5000 + " }}", "2: something is nested too deep"),
        (DOUBLING, "3: it makes more than 1,000,000 characters"),
        (DOUBLED_BLOCK, "3: it makes more than 1,000,000 characters"),
        (
            "\n{% for a in range(99999) %}\nxxxxxxxxxxxxxxxxxxxxxxxxxx\n{% endfor %}",
            "2: it makes more than 1,000,000 characters",
        ),
        ("{% for a in range(99999) %}\n{% include 'part' %}{% endfor %}", "it makes more than 1,000,000 characters"),
        (
            "{% macro m(n, x) %}\n{{ m(n + 1, (x, range(99999)|list)) }}{% endmacro %}{{ m(0, 0) }}",
            "2: the template needs more than 64 MiB of memory",
        ),
        (
            "\n{{ ['x']|join('x')|replace('', big)|replace('', big)|length }}",
            "2: the template needs more than 64 MiB of memory",
        ),
        ("{{ 9 ** 9 }}", "1: `**` is not for templates"),
        ("{{ 'a' * 9 }}", "1: `*` works on numbers alone, not on a text and a number"),
        ("{{ 9 * terms }}", "1: `*` works on numbers alone, not on a number and a list"),
        ("{{ '%099d' % 1 }}", "1: `%` works on numbers alone"),
        ("{{ 'a' + 'b' }}", "1: `+` does not join text; use `~`"),
        ("{% macro m(n) %}{{ m(n * n) }}{% endmacro %}\n{{ m(9) }}", "1: a number is too large to be multiplied"),
        (
            "{% macro m(x) %}{{ m(x + x) }}{% endmacro %}\n{{ m([1]) }}",
            "1: a list of more than 100,000 items is too long",
        ),
        ("{{ range(100001)|list }}", "1: a range of more than 100,000 numbers is too long"),
        ("{{ [[1]]|sum(start=[]) }}", "1: this cannot be worked out"),
        ("{{ [[1], [2]]|sum }}", "1: `sum` adds numbers alone"),
        ("{{ 1|round(999999999) }}{{ missing }}", "1: a template has no word `missing`"),
        ("{{ 'a\nb'|indent(999999999) }}{{ missing }}", "a template has no word `missing`"),
    ],
)
def test_resource_limits_name_the_line(fill: Fill, folder: Path, text: str, message: str) -> None:
    _write(folder, part="xxxxxxxxxxxxxxxxxxxxxxxxxx")
    assert message in _error_message(fill, text, big="x" * 20_000)


@pytest.mark.usefixtures("narrow")
def test_deeply_nested_loops_are_rejected(fill: Fill) -> None:
    with pytest.raises(TemplateError, match=r"^mine/own\.md\.j2: something is nested too deep"):
        fill("{% for x in terms %}" * 30 + "{% endfor %}" * 30)


@pytest.mark.slow
@pytest.mark.usefixtures("narrow")
def test_function_catching_the_signal_cannot_continue(fill: Fill, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(template_limits, "SECONDS", 0.5)

    def stubborn() -> str:
        try:
            _work(60)
        except BaseException:  # as some libraries do
            return "half"
        return "whole"

    with pytest.raises(TemplateError, match=r"the template works for more than 0\.5 seconds"):
        fill("{{ stubborn() }}", stubborn=stubborn)


@pytest.mark.usefixtures("narrow")
def test_limits_end_with_the_template(fill: Fill, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(template_limits, "SECONDS", 0.5)
    assert fill("{{ 1 }}") == "1"
    _work(0.6)


def test_waiting_takes_no_time_of_a_template(fill: Fill, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(template_limits, "SECONDS", 0.2)

    def wait() -> str:
        time.sleep(0.5)  # as on a busy computer
        return "done"

    assert fill("{{ wait() }}", wait=wait) == "done"


@pytest.mark.parametrize(
    ("number", "timer"), [(signal.SIGPROF, signal.ITIMER_PROF), (signal.SIGALRM, signal.ITIMER_REAL)]
)
def test_earlier_timer_is_restored(fill: Fill, number: signal.Signals, timer: int) -> None:
    rang: list[int] = []
    before = signal.signal(number, lambda number, _: rang.append(number))
    try:
        signal.setitimer(timer, 0.2)
        assert fill("{{ 1 }}") == "1"
        _work(0.4)
    finally:
        signal.signal(number, before)
    assert rang == [number]


@pytest.mark.parametrize(
    ("own", "asked", "is_limited"),
    [
        ({"own": "{{ work() }}"}, "own", True),
        ({"summary": "{{ work() }}"}, "summary", True),
        ({"part": "{{ work() }}"}, "whole", True),  # a bundled template that includes a part of the user's own
        ({"other": ""}, "whole", False),
        (None, "whole", False),
    ],
)
def test_only_templates_of_the_users_own_have_a_time_limit(
    own: dict[str, str] | None,
    asked: str,
    is_limited: bool,
    folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shipped = tmp_path / "shipped" / "briefings"
    shipped.mkdir(parents=True)
    for name, text in {"summary": "", "part": "{{ work() }}", "whole": "{% include 'part' %}"}.items():
        (shipped / f"{name}.md.j2").write_text(text, encoding="utf-8")
    monkeypatch.setattr(bundled, "TEMPLATES", tmp_path / "shipped")
    monkeypatch.setattr(template_limits, "SECONDS", 0.1)
    _write(folder, **own or {})
    words = {**WORDS, "work": lambda: _work(0.4)}
    if is_limited:
        with pytest.raises(TemplateError, match=r"the template works for more than 0\.1 seconds of CPU time"):
            template_sandbox.render(asked, folder, words)
    else:
        assert template_sandbox.render(asked, folder if own is not None else None, words) == "done"


def test_templates_are_filled_outside_the_main_thread_too(fill: Fill) -> None:
    made: list[str] = []
    thread = threading.Thread(target=lambda: made.append(fill("{{ study.id }}")))
    thread.start()
    thread.join()
    assert made == ["author1-2020"]


def test_lower_existing_memory_limit_stays(fill: Fill, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[int, int]] = []
    set_before = resource.getrlimit(resource.RLIMIT_AS)
    monkeypatch.setattr(resource, "setrlimit", lambda _, limits: seen.append(limits))
    monkeypatch.setattr(resource, "getrlimit", lambda _: (4096, set_before[1]))
    assert fill("{{ 1 }}") == "1"
    assert seen == [(4096, set_before[1])] * 2
