"""Asking a stall on the customer's screens: the form, and what is known of whoever asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.http import Http404, HttpRequest

from jangteo.domains.inquiries.models import Inquiry
from jangteo.domains.inquiries.queries import inquiry_by_token
from jangteo.domains.inquiries.rules import Why
from jangteo.domains.inquiries.wanted import WantedInquiry
from jangteo.domains.ordering.queries import PartView
from jangteo.faces._parts.given_photos import given_photos
from jangteo.faces.shop.customer import signed_in
from jangteo.kernel import ids
from jangteo.kernel.errors import Refused
from jangteo.kernel.limits import check_rate

MOST_TYPED = 20_000
TRIES, TRIES_WINDOW = 20, timedelta(minutes=10)


@dataclass(slots=True)
class AskForm:
    """What was typed stays as it was typed. `field` is where the error belongs; `key` tells one press from another."""

    words: str = ""
    why: str = ""
    lines: tuple[str, ...] = ()
    key: str = ""
    error: str = ""
    field: str = ""

    @classmethod
    def of(cls, request: HttpRequest) -> AskForm:
        if request.method != "POST":
            return cls(key=ids.new_token(), why=request.GET.get("why", "")[:8])
        told = request.POST
        lines = tuple(
            line for line in told.getlist("line")[:50] if line.isascii() and line.isdigit() and len(line) < 19
        )
        return cls(told.get("words", "")[:MOST_TYPED], told.get("why", "")[:8], lines, told.get("key", "")[:100])

    @property
    def line_ids(self) -> tuple[int, ...]:
        return tuple(int(line) for line in self.lines)

    def refused(self, no: Refused, words: str) -> None:
        is_words = no.code.startswith("inquiries.words")
        self.error = words
        self.field = "words" if is_words else "photos" if no.code == "inquiries.too_many_photos" else "all"


def wanted_of(request: HttpRequest, form: AskForm, about: Mapping[str, int]) -> WantedInquiry | None:
    """`about` holds stall_id and maybe good_id, part_id. None with the reason in the form for a photo that is none."""
    given, user = given_photos(request), signed_in(request)
    if given.error:
        form.error, form.field = given.error, "photos"
        return None
    return WantedInquiry(
        stall_id=about["stall_id"],
        words=form.words,
        key=form.key,
        good_id=about.get("good_id"),
        part_id=about.get("part_id"),
        user_id=None if user is None else user.pk,
        asker="" if user is None else user.name,
        why=form.why if form.why in set(Why) else "",
        line_ids=form.line_ids,
        photos=given.sizes,
    )


def limit_asking(request: HttpRequest) -> None:
    """A stall's phone rings for what is typed here. Raises TooOften."""
    check_rate(f"ask:{request.META.get('REMOTE_ADDR', '')}", most=TRIES, window=TRIES_WINDOW)


def inquiry_or_404(token: str) -> Inquiry:
    """The inquiry that this link opens. Raises Http404 for a stranger's guess."""
    found = inquiry_by_token(token.replace("\x00", ""))
    if found is None:
        raise Http404(token)
    return found


def lines_to_claim(part: PartView, form: AskForm) -> list[tuple[int, str, bool]]:
    """Id, name and whether it is ticked; where there is one thing only it is ticked already."""
    only = len(part.lines) == 1
    return [(line.id, line.name, only or str(line.id) in form.lines) for line in part.lines]
