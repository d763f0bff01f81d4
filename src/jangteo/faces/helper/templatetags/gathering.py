"""Stalls of which something is still to come, in words."""

from __future__ import annotations

from collections.abc import Iterable

from django import template

from jangteo.domains.markets.models import Stall

register = template.Library()


@register.filter
def stall_names(stalls: Iterable[Stall]) -> str:
    """One after the other."""
    return ", ".join(stall.name for stall in stalls)
