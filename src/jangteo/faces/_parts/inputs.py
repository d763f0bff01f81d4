"""Form fields without a template for each: a checkout has ten of them, and a template took most of their time."""

from __future__ import annotations

from collections.abc import Mapping

from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest
from django.utils.html import escape
from django.utils.safestring import mark_safe

# The widgets whose templates are nothing but an `input` element.
INPUTS = frozenset(
    f"django/forms/widgets/{name}.html"
    for name in ("checkbox", "email", "hidden", "input", "number", "password", "tel", "text", "url")
)
# The same, unless they are asked to put their label around themselves.
OPTIONS = frozenset(f"django/forms/widgets/{name}_option.html" for name in ("checkbox", "radio"))


class Inputs(DjangoTemplates):
    """Writes plain inputs at once, as Django's templates would, and leaves everything else to those."""

    def render(self, template_name: str, context: Mapping[str, object], request: HttpRequest | None = None) -> str:
        widget = context.get("widget")
        if not isinstance(widget, Mapping) or not _is_plain(template_name, widget):
            return super().render(template_name, dict(context), request)
        value = widget["value"]
        shown = {"type": widget["type"], "name": widget["name"]} | ({} if value is None else {"value": value})
        # Each name and value is escaped; the names are those that forms in this program give.
        written = "".join(map(_attribute, shown.items())) + "".join(
            _attribute(one) for one in widget["attrs"].items() if one[1] is not False
        )
        return mark_safe(f"<input{written}>")  # noqa: S308


def _is_plain(template_name: str, widget: Mapping[str, object]) -> bool:
    return template_name in INPUTS or (template_name in OPTIONS and not widget.get("wrap_label"))


def _attribute(of: tuple[str, object]) -> str:
    name, value = of
    return f" {escape(name)}" if value is True else f' {escape(name)}="{escape(str(value))}"'
