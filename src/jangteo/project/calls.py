"""Joins the telephone desk to the faces' words and to the address of this installation."""

from __future__ import annotations

from django.urls import reverse

from jangteo.domains.calls.effects import FamilyLinks
from jangteo.domains.counter.models import PayLink
from jangteo.faces.office.call_words import family_words
from jangteo.kernel.outbox.deliver import Handler
from jangteo.project import messages


def handlers() -> dict[str, Handler]:
    """The outbox topic of the desk."""
    return {"call.link": FamilyLinks(words).send}


def words(link: PayLink) -> str:
    """The text with the whole address of a link."""
    path = reverse("pay_link", args=[link.order.market.slug, link.token])
    return family_words(link, f"{messages.address()}{path}")
