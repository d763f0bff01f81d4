"""Drawings out of the two sheets: icons, and the kinds of goods. In every template without a load."""

from __future__ import annotations

from functools import cache
from typing import Protocol

from django import template
from django.contrib.staticfiles.storage import staticfiles_storage
from django.templatetags.static import static
from django.utils.html import format_html

from jangteo.faces._parts.photos import SIDES, photo_url


class Pictured(Protocol):
    """What has a drawn picture, and maybe a photo."""

    @property
    def photo(self) -> str: ...

    @property
    def picture(self) -> str: ...


register = template.Library()
_HINTS = {
    "": "",
    "lazy": format_html(' {}="{}"', "loading", "lazy"),
    "first": format_html(' {}="{}"', "fetchpriority", "high"),
}


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


@register.simple_tag
def good_image(good: Pictured, side: int, when: str = "lazy", size: str = "small") -> str:
    """The stall's photo of a good, else its drawn picture; "" without either. Both are told their size beforehand.

    `side` is that of the drawn picture in pixels; `when` is "lazy", "first" (what one looks at first) or "" (at once).
    """
    if good.photo:
        return photo_image(good.photo, when, size)
    try:
        address = staticfiles_storage.url(f"goods/{good.picture}.webp")
    except ValueError:
        return ""
    return _image("", address, (side, side), when)


@register.simple_tag
def photo_image(name: str, when: str = "", size: str = "small") -> str:
    """A photo that the stall took."""
    return _image("photo", photo_url(name, size), SIDES[size], when)


def _image(classes: str, address: str, sides: tuple[int, int], when: str) -> str:
    named = format_html(' class="{}"', classes) if classes else ""
    whole = '<img{} src="{}" alt="" width="{}" height="{}"{}>'
    return format_html(whole, named, address, *sides, _HINTS[when])


def _drawing(classes: str, address: str) -> str:
    return format_html('<svg class="{}" aria-hidden="true" focusable="false"><use href="{}"/></svg>', classes, address)
