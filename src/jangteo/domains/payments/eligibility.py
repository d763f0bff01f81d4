"""What a market and its stalls say about the money they take, as the rules of policies ask for it."""

from __future__ import annotations

import re
from datetime import date

from jangteo.domains.catalog.models import Good
from jangteo.domains.markets.models import Market, Stall
from jangteo.domains.markets.national.identity import PROVINCES
from jangteo.domains.payments.policy_models import PolicyRow
from jangteo.domains.payments.rules.policies import Occasion, PolicyBook, StallFacts
from jangteo.domains.payments.rules.tenders import TenderKind

# The schemes that a stall registers with; `Market.vouchers` knows paper and digital 온누리 by one word. A city's
# money is told by the area.
ONNURI, ONNURI_PAPER, LOCAL = "onnuri", "onnuri_paper", "local"
SCHEMES = (ONNURI, ONNURI_PAPER, LOCAL)
SCHEME_OF = {
    TenderKind.ONNURI_DIGITAL: ONNURI,
    TenderKind.ONNURI_PAPER: ONNURI_PAPER,
    TenderKind.LOCAL_CURRENCY: LOCAL,
}
EVERYBODY_TAKES = frozenset({TenderKind.CASH, TenderKind.RECORDED_OFFLINE, TenderKind.COUPON, TenderKind.POINTS})
# What a gateway pays out to a stall like card money.
WITH_CARD = frozenset({TenderKind.CARD, TenderKind.EASY_PAY, TenderKind.VIRTUAL_ACCOUNT, TenderKind.TRANSFER})
_FULL_NAMES = {name: names[0] for names in PROVINCES.values() for name in names}
_CITY = re.compile(r"[가-힣]+?(?:시|군|구)(?=\s|$)")
# Names of several places: only the province before them says which.
_AMBIGUOUS = re.compile(r"고성군?|[가-힣]+구")


def stall_facts(stall: Stall, market: Market) -> StallFacts:
    """Which money the stall takes, by its own word and the market's. The stall comes with its kind."""
    schemes = {
        scheme
        for scheme, takes in ((ONNURI, stall.takes_onnuri), (LOCAL, stall.takes_local))
        # Public data say nothing about vouchers for most markets; then the stall's word is all there is.
        if takes and (not market.vouchers or scheme in market.vouchers)
    }
    if ONNURI in schemes:
        schemes.add(ONNURI_PAPER)
    takes = set(EVERYBODY_TAKES)
    if stall.takes_card:
        takes |= WITH_CARD
    if ONNURI in schemes:
        takes |= {TenderKind.ONNURI_DIGITAL, TenderKind.ONNURI_PAPER}
    if LOCAL in schemes:
        takes.add(TenderKind.LOCAL_CURRENCY)
    return StallFacts(str(stall.pk), stall.kind.key, frozenset(takes), frozenset(schemes))


def line_tags(good: Good) -> frozenset[str]:
    """By what a policy may refuse the good: its kind, so that drink stands in a kind of its own ("alcohol")."""
    return frozenset({good.kind.key})


def area_of(address: str) -> str:
    """The province, city and district that an address begins with, by their full names: "강원특별자치도 강릉시"."""
    first, _, rest = address.strip().partition(" ")
    province = _FULL_NAMES.get(first, "")
    parts = [province] if province else []
    text = rest if province else address.strip()
    while found := _CITY.match(text):
        parts.append(found[0])
        text = text[found.end() :].lstrip()
    return " ".join(parts)


def told_area(text: str, here: str) -> str | None:
    """The area that a file calls `text`, None where it is not one that the area `here` belongs to.

    "" and 전국 are everywhere. A city without its province is taken for the one of `here`; a name that several
    provinces have is not.
    """
    words = text.split()
    if not words or words == ["전국"]:
        return ""
    ours = here.split()
    if words[0] in _FULL_NAMES:
        words[0] = _FULL_NAMES[words[0]]
        return " ".join(words) if ours[: len(words)] == words else None
    for at in range(len(ours)):
        if ours[at : at + len(words)] == words:
            is_clear = at == 0 or not _AMBIGUOUS.fullmatch(words[0])
            return " ".join(ours[: at + len(words)]) if is_clear else None
    return None


def policy_book(market: Market) -> PolicyBook:
    """All rows of the market that ever hold, in one query."""
    rows = PolicyRow.objects.filter(market=market)
    return PolicyBook(row.policy() for row in rows if not row.never_holds)


def occasion_of(market: Market, day: date) -> Occasion:
    """What a basket of the market is judged by on a day, in one query."""
    return Occasion(area_of(market.address_road or market.address_lot), day, policy_book(market))
