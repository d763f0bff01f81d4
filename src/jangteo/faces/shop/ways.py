"""What the ways of paying online are called, from the checkout to the gateway's window."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jangteo.domains.payments import gateways


@dataclass(frozen=True, slots=True)
class WayWords:
    """`choice` is offered in the checkout with `note` below, `title` heads the page before the window, `press` opens
    it and `again` leads back to that page.
    """

    choice: Promise
    title: Promise
    press: Promise
    again: Promise
    note: Promise | str = ""


WORDS: dict[str, WayWords] = {
    gateways.CARD: WayWords(
        choice=_("지금 카드로 내기"),
        title=_("카드로 내기"),
        press=_("결제창 열기"),
        again=_("다시 카드로 내기"),
    ),
    gateways.VIRTUAL_ACCOUNT: WayWords(
        choice=_("계좌로 보내기"),
        title=_("계좌로 보내기"),
        press=_("보낼 계좌 받기"),
        again=_("다시 계좌 받기"),
        note=_("이 주문만 받는 계좌를 드려요. 돈이 들어오면 가게에 알려요."),
    ),
    "kakaopay": WayWords(
        choice=_("카카오페이로 내기"),
        title=_("카카오페이로 내기"),
        press=_("카카오페이 열기"),
        again=_("다시 카카오페이로 내기"),
    ),
}


def words_of(key: str) -> WayWords:
    """The words of a way; one without any of its own is paid like a card."""
    return WORDS.get(key, WORDS[gateways.CARD])


def choices() -> list[tuple[str, Promise]]:
    """Keys and labels of the ways that are offered now, for the checkout."""
    return [(way.key, words_of(way.key).choice) for way in gateways.offered()]
