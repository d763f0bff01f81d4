"""The heart beside a stall or a good, as whoever looks has set it."""

from __future__ import annotations

from django import template
from django.template.context import Context

from jangteo.faces.shop.hearts import is_loved

register = template.Library()


@register.inclusion_tag("shop/parts/heart.html", takes_context=True)
def heart(context: Context, stall_id: int, code: str, name: str, good_id: int | None = None) -> dict[str, object]:
    """One query for an account, none for a guest."""
    request, market = context["request"], context["market"]
    facts = {"name": name, "code": code, "good_id": good_id, "here": request.get_full_path(), "market": market}
    is_on = is_loved(request, market, stall_id=stall_id, good_id=good_id)
    return {**facts, "is_on": is_on, "csrf_token": context.get("csrf_token"), "look": context.get("look")}
