"""English is complete, and no Korean reaches a screen without gettext; `scripts/messages.py` gathers and compiles."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from scripts import messages
from scripts.messages import PO, English, Text
from tests.architecture.korean import (
    HANGUL,
    in_python,
    in_template,
    made_up_calls,
    trans_of_variables,
    unknown_names,
)
from tests.architecture.sources import PACKAGE, modules

# Korean that is no text of a screen: a whole module of `faces`, or one name in it.
KOREAN_ON_PURPOSE = {
    "faces/_parts/words/paid.py:METHODS": "what gateways call the kinds of money",
    "faces/_parts/words/counting.py": "Korean numerals and counters, put together with goods' own Korean names",
    "faces/_parts/words/particles.py": "Korean particles, which other languages do not have",
    "faces/merchant/good_form.py:GoodForm.origin_of": "the origin of a good, part of the good",
    "faces/merchant/good_form.py:UNITS": "units of goods, part of the good",
    "faces/merchant/guesses.py:made_of": "the origin of a good, part of the good",
    "faces/merchant/sheet_rows.py:won_of": "a price as somebody types it",
    "faces/merchant/pictures.py": "words in goods' names, to choose a picture by",
    "faces/merchant/slips.py:SlipLine.geun_grams": "the unit 근 as it stands in a good's own words",
    "faces/_parts/amounts.py:_MARKS": "the word behind an amount, as people type it",
    "faces/_parts/words/saying.py": "said in Korean and said back in Korean, whatever the screen's language",
    "faces/merchant/paper_slip.py:_won": "printed on paper, which is Korean whatever the screen's language",
    "faces/merchant/views/paper.py:find": "the word behind a number, as people type it",
    "faces/merchant/spoken.py": "said aloud, in Korean whatever the screen's language",
    "faces/merchant/till.py:TillGood.told": "the unit 근 as it stands in a good's own words",
    "faces/merchant/slips.py:Slip.say": "said aloud, in Korean whatever the screen's language",
    "faces/office/delivery_forms.py:_DONG": "how the names of 동 end, as people type them",
    "faces/api/asked.py": "examples in the API's documentation",
    "faces/api/problems.py": "examples in the API's documentation",
    "faces/api/shapes.py": "examples in the API's documentation",
}
# English texts about typing Korean show some, and a template's places have the names that KakaoTalk was told.
KOREAN_IN_ENGLISH = {
    "In Korean: 고등어, ‘ㄱㄷㅇ’",
    "#{보낸이}, #{내용} and #{근거} stand for the market’s name, your words and why people receive them.",
}
# People are told what to do next; nobody is told of errors, and nobody is spoken to like in a letter.
NEVER_SAID = ("오류가 발생", "에러", "잘못된 요청", "습니다", "하십시오")


@pytest.mark.rule(29)
def test_every_text_has_its_english_and_nothing_else_is_translated() -> None:
    assert len(texts()) > 400
    assert messages.faults(messages.catalog(), texts()) == []


def test_the_message_files_are_what_the_script_makes() -> None:
    english = messages.catalog()

    assert PO.read_bytes() == messages.as_po(messages.refreshed(english, texts()))
    assert PO.with_suffix(".mo").read_bytes() == messages.as_mo(english)


def test_english_is_in_english() -> None:
    english = {form for message in messages.catalog() for form in messages.forms(message.string or "")}

    assert {text for text in english if HANGUL.search(text)} == KOREAN_IN_ENGLISH


@pytest.mark.parametrize("phrase", NEVER_SAID)
def test_nobody_is_told_in_office_language(phrase: str) -> None:
    assert [text.forms[0] for text in texts() if any(phrase in form for form in text.forms)] == []


def test_a_text_is_one_line() -> None:
    assert [text for text in texts() if any("\n" in form for form in text.forms)] == []


@pytest.mark.parametrize(
    ("name", "source", "text"),
    [
        ("a.html", '{% trans "장보기" %}', Text(("장보기",))),
        ("a.html", "{% translate '장보기' %}", Text(("장보기",))),
        ("a.html", '{% trans "해" context "날씨" %}', Text(("해",), "날씨")),
        ("a.html", "<i title=\"{% trans '15% 더' %}\">", Text(("15%% 더",))),
        ("a.html", '{% include "b.html" with title=_("장보기") %}', Text(("장보기",))),
        ("a.html", '<ul>\n    <li\n  class="{{ a }}">{% trans "장보기" %}\n    </li></ul>', Text(("장보기",))),
        ("a.html", "{% blocktrans with a=b|c %}{{ a }}님{% endblocktrans %}", Text(("%(a)s님",))),
        ("a.html", "{% blocktranslate trimmed %}\n 두\n 줄\n{% endblocktranslate %}", Text(("두 줄",))),
        (
            "a.html",
            "{% blocktrans trimmed count n=n %}\n{{ n }}개{% plural %}{{ n }}개들{% endblocktrans %}",
            Text(("%(n)s개", "%(n)s개들")),
        ),
        (
            "a.html",
            '{% blocktrans context "수" count n=n %}개{% plural %}개들{% endblocktrans %}',
            Text(("개", "개들"), "수"),
        ),
        ("a.py", '_("장" "보기")', Text(("장보기",))),
        ("a.py", 'gettext("장보기")', Text(("장보기",))),
        ("a.py", 'translation.gettext_lazy("장보기")', Text(("장보기",))),
        ("a.py", 'ngettext("%(n)s개", "%(n)s개들", n)', Text(("%(n)s개", "%(n)s개들"))),
        ("a.py", 'ngettext_lazy("%(n)s개", "%(n)s개들", "n")', Text(("%(n)s개", "%(n)s개들"))),
        ("a.py", 'pgettext("날씨", "해")', Text(("해",), "날씨")),
        ("a.py", 'pgettext_lazy("날씨", "해")', Text(("해",), "날씨")),
        ("a.py", 'npgettext("수", "개", "개들", n)', Text(("개", "개들"), "수")),
    ],
)
def test_every_way_to_mark_a_text_is_gathered(tmp_path: Path, name: str, source: str, text: Text) -> None:
    (tmp_path / name).write_text(source, encoding="utf-8")

    assert messages.texts_in(tmp_path / name) == {text}


@pytest.mark.parametrize(
    ("forms", "english", "fault"),
    [
        (("장보기",), ("",), "missing: 장보기 (a.py)"),
        (("%(n)s개",), ("%(m)s pieces",), "placeholders or markup differ: %(n)s개"),
        (("{won}원",), ("won",), "placeholders or markup differ: {won}원"),
        (("<b>새</b> 값",), ("New price",), "placeholders or markup differ: <b>새</b> 값"),
        (("15%% 더",), ("15% more",), "placeholders or markup differ: 15%% 더"),
        (("%(n)s개", "%(n)s개들"), ("%(n)s piece", ""), "missing: %(n)s개 (a.py)"),
        (("%(n)s개", "%(n)s개들"), ("%(n)s piece", "pieces"), "placeholders or markup differ: %(n)s개"),
    ],
)
def test_a_fault_of_a_translation_is_named(forms: tuple[str, ...], english: tuple[str, ...], fault: str) -> None:
    text, catalog = Text(forms), English()
    catalog.add(text.id, english if len(english) > 1 else english[0])
    catalog.add("없어진 말", "Gone")

    assert messages.faults(catalog, {text: ["a.py"]}) == ["no longer used: 없어진 말", fault]


def test_texts_reach_gettext_as_they_are_gathered() -> None:
    calls = {path: lines for path, tree in modules().items() if (lines := made_up_calls(tree))}
    names = {path: found for path, tree in modules().items() if (found := unknown_names(tree))}
    tags = {path: found for path, source in templates().items() if (found := trans_of_variables(source))}

    assert (calls, names, tags) == ({}, {}, {})


@pytest.mark.rule(29)
def test_templates_say_nothing_past_gettext() -> None:
    bare = {path: found for path, source in templates().items() if (found := in_template(source))}

    assert len(templates()) > 60
    assert bare == {}


@pytest.mark.rule(29)
def test_faces_say_nothing_past_gettext() -> None:
    found = [(path, spot) for path, tree in modules().items() for spot in in_python(tree) if path.startswith("faces/")]
    known = {path if path in KOREAN_ON_PURPOSE else f"{path}:{spot.scope or spot.line}" for path, spot in found}

    assert known == set(KOREAN_ON_PURPOSE)


def test_scripts_and_stylesheets_hold_no_words() -> None:
    files = [path for ext in ("js", "css") for path in PACKAGE.rglob(f"*.{ext}") if "vendor" not in path.parts]
    comment = re.compile(r"/\*.*?\*/", re.DOTALL)

    assert len(files) > 10
    assert [path.name for path in files if HANGUL.search(comment.sub("", path.read_text(encoding="utf-8")))] == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("<p>\n장보기</p>", [(2, "장보기")]),
        ('<a aria-label="장보기">', [(1, "장보기")]),
        ('<input placeholder="{{ a }} 찾기">', [(1, "찾기")]),
        ('{% include "a.html" with title="장보기" %}', [(1, "include a.html with title=장보기")]),
        ('{% blocktrans with a="장" %}{{ a }}{% endblocktrans %}', [(1, "blocktrans with a=장")]),
        ('{{ a|default:"없음" }}', [(1, "a|default:없음")]),
        ('{% trans "장" %}{# 장 #}{% comment %}장{% endcomment %}<!-- 장 -->{{ _("장") }}', []),
        ("{% blocktrans with a=b %}\n장 {{ a }}{% endblocktrans %}\n보기", [(3, "보기")]),
        ('<button lang="ko" title="한국어"><b>한국어</b><br>한국어</button>보기', [(1, "보기")]),
        ('<p lang="en">장</p>', [(1, "장")]),
    ],
)
def test_korean_in_a_template_is_found(source: str, found: list[tuple[int, str]]) -> None:
    assert [(spot.line, spot.words) for spot in in_template(source)] == found


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('"""장"""\ndef a():\n    """장"""\n    return _("장") + ngettext("장", "장들", n)', []),
        ('def a():\n    return "장"', [(2, "a")]),
        ('class A:\n    def b(self):\n        return f"장 {n}"', [(3, "A.b")]),
        ('WORDS = {"장": 1}\nmore: str = "장"\nprint("장")', [(1, "WORDS"), (2, "more"), (3, "")]),
    ],
)
def test_korean_in_python_is_found(source: str, found: list[tuple[int, str]]) -> None:
    assert [(spot.line, spot.scope) for spot in in_python(ast.parse(source))] == found


@pytest.mark.parametrize(
    "call",
    ['_(f"장 {n}")', "gettext(words)", '_("장 %s" % n)', 'ngettext("장", many, n)', 'gettext(message="장")', "_()"],
)
def test_a_text_made_at_runtime_is_found(call: str) -> None:
    assert made_up_calls(ast.parse(call)) == [1]


@pytest.mark.parametrize("call", ['_("장" "보기")', 'ngettext("장", "장들", n)', 'pgettext("날씨", "해") % facts'])
def test_a_plain_text_is_let_be(call: str) -> None:
    assert made_up_calls(ast.parse(call)) == []


def test_a_name_that_is_not_gathered_is_found() -> None:
    imports = (
        "from django.utils.translation import gettext as _, gettext as say, pgettext as gettext, get_language as g"
    )

    assert unknown_names(ast.parse(imports)) == ["say", "gettext"]


def test_trans_of_a_variable_is_found() -> None:
    assert trans_of_variables("{% trans name %}{% trans \"장\" %}{% translate '장' as a %}") == ["trans name"]


@cache
def texts() -> dict[Text, list[str]]:
    """Every text with the files it stands in, gathered once."""
    return messages.gathered()


@cache
def templates() -> dict[str, str]:
    """The product's templates by path below the package."""
    return {
        path.relative_to(PACKAGE).as_posix(): path.read_text(encoding="utf-8")
        for path in messages.sources()
        if path.suffix == ".html"
    }
