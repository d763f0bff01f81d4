"""A fresh way in for a stall: the address, and the same as a picture to scan."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Way:
    """What the office hands on: for whom, the address, its picture, and for how many days it is good."""

    role: Promise
    address: str
    qr: str
    days: int


def entry_address(request: HttpRequest, token: str) -> str:
    """The full address of an entry link, on the host that the office itself is looked at."""
    return request.build_absolute_uri(reverse("merchant:enter", args=[token]))
