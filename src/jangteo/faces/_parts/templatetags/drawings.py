"""Drawings out of the two sheets: icons, and the kinds of goods. In every template without a load."""

from __future__ import annotations

from functools import cache

from django import template
from django.templatetags.static import static
from django.utils.html import format_html

register = template.Library()


@register.simple_tag
@cache
def icon(name: str, size: str = "") -> str:
    """The icon of that name in `icons.svg`; `size` is "" or "l". The words beside it say what it means."""
    classes = f"icon icon-{size}" if size else "icon"
    return _drawing(classes, f"{static('icons.svg')}#{name}")


@register.simple_tag
@cache
def kind_drawing(key: str) -> str:
    """The drawing of a kind of goods."""
    return _drawing("kind", f"{static('kinds.svg')}#kind-{key}")


def _drawing(classes: str, address: str) -> str:
    return format_html('<svg class="{}" aria-hidden="true" focusable="false"><use href="{}"/></svg>', classes, address)
