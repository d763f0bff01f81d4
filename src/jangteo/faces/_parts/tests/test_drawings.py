from __future__ import annotations

from django.template import Context, Template

from jangteo.faces._parts.templatetags.drawings import icon


def test_every_template_can_draw_icons_and_kinds_without_a_load() -> None:
    drawn = Template('{% icon "phone" "l" %}{% kind_drawing key %}').render(Context({"key": '"><b>'}))

    assert drawn.startswith('<svg class="icon icon-l" aria-hidden="true" focusable="false"><use href="/static/icons.')
    assert '.svg#phone"/></svg><svg class="kind" ' in drawn
    assert "#kind-&quot;&gt;&lt;b&gt;" in drawn


def test_an_icon_is_put_together_once() -> None:
    assert icon("phone") is icon("phone")
