"""Form fields without a template for each: a checkout has ten of them, and a template took most of their time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from html import escape
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest
from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe

Widget = Mapping[str, Any]

# The widgets whose templates are nothing but an `input` element.
INPUTS = frozenset(
    f"django/forms/widgets/{name}.html"
    for name in ("checkbox", "email", "hidden", "input", "number", "password", "tel", "text", "url")
)
# The same, unless they are asked to put their label around themselves.
OPTIONS = frozenset(f"django/forms/widgets/{name}_option.html" for name in ("checkbox", "radio"))


class Inputs(DjangoTemplates):
    """Writes plain fields at once, as Django's templates would, and leaves everything else to those."""

    def render(self, template_name: str, context: Mapping[str, object], request: HttpRequest | None = None) -> str:
        widget = context.get("widget")
        write = _writer_of(template_name, widget) if isinstance(widget, Mapping) else None
        if write is None or not isinstance(widget, Mapping):
            return super().render(template_name, dict(context), request)
        # Each name, value and word is escaped by whoever writes it.
        return mark_safe(write(widget))  # noqa: S308


def _writer_of(template_name: str, widget: Widget) -> Callable[[Widget], str] | None:
    if template_name in INPUTS or (template_name in OPTIONS and not widget.get("wrap_label")):
        return _input
    return _WRITERS.get(template_name)


def _input(widget: Widget) -> str:
    value = widget["value"]
    shown = {"type": widget["type"], "name": widget["name"]} | ({} if value is None else {"value": value})
    return f"<input{_attributes(shown)}{_attributes(widget['attrs'])}>"


def _textarea(widget: Widget) -> str:
    words = conditional_escape(widget["value"]) if widget["value"] else ""
    return f'<textarea name="{escape(str(widget["name"]))}"{_attributes(widget["attrs"])}>\n{words}</textarea>'


def _select(widget: Widget) -> str:
    groups = "".join(_group(name, options) for name, options, _ in widget["optgroups"])
    return f'<select name="{escape(str(widget["name"]))}"{_attributes(widget["attrs"])}>{groups}\n</select>'


def _group(name: str, options: Iterable[Widget]) -> str:
    written = "".join(f"\n  {_option(one)}\n" for one in options)
    return f'\n  <optgroup label="{conditional_escape(name)}">{written}\n  </optgroup>' if name else written


def _option(option: Widget) -> str:
    value = escape(str(option["value"]))
    return f'<option value="{value}"{_attributes(option["attrs"])}>{conditional_escape(option["label"])}</option>'


def _attributes(shown: Mapping[str, object]) -> str:
    return "".join(_attribute(name, value) for name, value in shown.items() if value is not False)


def _attribute(name: str, value: object) -> str:
    return f" {escape(name)}" if value is True else f' {escape(name)}="{escape(str(value))}"'


_WRITERS = {"django/forms/widgets/select.html": _select, "django/forms/widgets/textarea.html": _textarea}
