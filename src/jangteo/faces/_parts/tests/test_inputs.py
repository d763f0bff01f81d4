from __future__ import annotations

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.safestring import mark_safe

from jangteo.faces._parts.inputs import INPUTS, Inputs


class Everything(forms.Form):
    """One field of each plain kind, with values and attributes that must be escaped."""

    name = forms.CharField(initial='"<b>&', widget=forms.TextInput({"class": "input", "autocomplete": "off"}))
    empty = forms.CharField(required=False, max_length=9)
    ticked = forms.BooleanField(initial=True)
    bare = forms.BooleanField(required=False)
    count = forms.IntegerField(initial=3, min_value=1)
    mail = forms.EmailField(help_text="어디로 보낼까요?")
    page = forms.URLField(assume_scheme="https")
    secret = forms.CharField(widget=forms.PasswordInput)
    kept = forms.CharField(initial="1'2", widget=forms.HiddenInput)
    off = forms.CharField(disabled=True, widget=forms.TextInput({"data-x": False, "readonly": True, "data-n": 0}))
    many = forms.ChoiceField(choices=[("a", "가"), ("b", "나")])
    one = forms.ChoiceField(choices=[("a", '"가"'), ("", "나")], initial="a", widget=forms.RadioSelect({"class": "r"}))
    some = forms.MultipleChoiceField(choices=[(1, "가"), (2, "나")], widget=forms.CheckboxSelectMultiple)
    text = forms.CharField(widget=forms.Textarea)
    long = forms.CharField(initial="<b>\n'나'", max_length=90, widget=forms.Textarea({"rows": 2, "readonly": True}))
    days = forms.ChoiceField(
        choices=[("", "고르기"), ("오늘 <1>", [("1", "<b>"), (2, mark_safe("<i>"))]), ("9", '"나"')],
        initial=2,
        widget=forms.Select({"class": "input"}),
    )
    both = forms.MultipleChoiceField(choices=[("a", "가"), ("b", "나")], initial=["a", "b"])
    any_of = forms.NullBooleanField()


TYPED = {"name": "김하나 <i>", "ticked": "on", "count": "x", "mail": "a@b", "days": "9", "text": "\n<"}


@pytest.mark.parametrize("data", [None, {}, TYPED])
def test_every_field_reads_as_django_writes_it(data: dict[str, str] | None) -> None:
    ours, theirs = Everything(data, renderer=Inputs()), Everything(data, renderer=DjangoTemplates())

    assert [str(field) for field in ours] == [str(field) for field in theirs]


@pytest.mark.parametrize("name", ["one", "some"])
def test_options_read_as_django_writes_them_with_and_without_their_labels(name: str) -> None:
    def tags(form: Everything) -> list[str]:
        return [option.tag(wrap_label=wrapped) for option in form[name] for wrapped in (False, True)]

    assert tags(Everything(renderer=Inputs())) == tags(Everything(renderer=DjangoTemplates()))


def test_the_plain_ones_are_all_there_are() -> None:
    engine = DjangoTemplates()
    sources = {name: engine.get_template(name).template.source for name in INPUTS}

    assert {source.strip() for name, source in sources.items() if not name.endswith("/input.html")} == {
        '{% include "django/forms/widgets/input.html" %}'
    }
