"""Names of the kinds of money, and why each pays what it pays, or does not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jangteo.domains.payments.rules.policies import WHOLE_BP, Refusal, Why
from jangteo.domains.payments.rules.tenders import TenderKind
from jangteo.faces._parts.words.particles import object_, together, topic
from jangteo.faces._parts.words.times import day_words

TENDERS: dict[TenderKind, Promise] = {
    TenderKind.CARD: gettext_lazy("카드"),
    TenderKind.EASY_PAY: gettext_lazy("간편결제"),
    TenderKind.VIRTUAL_ACCOUNT: gettext_lazy("계좌로 보내기"),
    TenderKind.CASH: gettext_lazy("현금"),
    TenderKind.TRANSFER: gettext_lazy("계좌이체"),
    TenderKind.ONNURI_DIGITAL: gettext_lazy("디지털 온누리상품권"),
    TenderKind.ONNURI_PAPER: gettext_lazy("종이 온누리상품권"),
    TenderKind.LOCAL_CURRENCY: gettext_lazy("지역화폐"),
    TenderKind.POINTS: gettext_lazy("포인트"),
    TenderKind.COUPON: gettext_lazy("쿠폰"),
    TenderKind.RECORDED_OFFLINE: gettext_lazy("가게에서 낸 돈"),
}
SCHEMES: dict[str, Promise] = {
    "onnuri": gettext_lazy("디지털 온누리상품권"),
    "onnuri_paper": gettext_lazy("종이 온누리상품권"),
    "local": gettext_lazy("지역화폐"),
}
REASONS: dict[Why, Promise] = {
    Why.KIND_NOT_TAKEN: gettext_lazy("%(stall_topic)s %(kind_object)s 받지 않아요. 다른 돈으로 내 주세요."),
    Why.NO_POLICY: gettext_lazy("%(day)s, %(area)s에서는 %(scheme_object)s 쓸 수 없어요. 다른 돈으로 내 주세요."),
    Why.BUSINESS_REFUSED: gettext_lazy(
        "%(stall_topic)s %(scheme_object)s 받지 않는 업종이에요. 다른 돈으로 내 주세요."
    ),
    Why.NOT_REGISTERED: gettext_lazy("%(stall_topic)s 아직 %(scheme)s 가맹점이 아니에요. 다른 돈으로 내 주세요."),
    Why.GOODS_REFUSED: gettext_lazy("%(tag_topic)s %(scheme_object)s 쓸 수 없는 물건이에요. 다른 돈으로 내 주세요."),
    Why.OTHER_GOODS: gettext_lazy("%(line)s 살 때는 쓸 수 없어요. 정해진 물건에만 쓸 수 있어요."),
    Why.BELOW_MINIMUM: gettext_lazy("%(needs_won)s원부터 쓸 수 있어요. %(more_won)s원어치 더 담으면 돼요."),
    Why.MONTH_USED_UP: gettext_lazy("이번 달에 쓸 수 있는 %(cap_won)s원을 다 썼어요. 다음 달에 다시 쓸 수 있어요."),
    Why.EMPTY: gettext_lazy("남은 금액이 없어요. 채우면 다음에 쓸 수 있어요."),
    Why.NOT_COMBINED: gettext_lazy("%(beside_together)s 함께 쓸 수 없어요. 하나만 골라 주세요."),
    Why.NOT_NEEDED: gettext_lazy("쓰지 않아도 다 낼 수 있어요."),
    Why.SAVES: gettext_lazy("%(rate)s%% 아껴요."),
    Why.PAYS: gettext_lazy("%(won)s원을 내요."),
}
GIVEN = gettext_lazy("%(saved_won)s원을 덜 내요.")
LATER = gettext_lazy("%(rate)s%%를 나중에 돌려받아요.")
# What bounds a payment, in the words of the rules.
BOUNDS: dict[str, Promise] = {
    "goods": gettext_lazy("쓸 수 있는 물건값을 다 내요."),
    "balance": gettext_lazy("가진 만큼 다 써요."),
    "payment_cap": gettext_lazy("한 번에 쓸 수 있는 만큼이에요."),
    "monthly_cap": gettext_lazy("이번 달에 쓸 수 있는 만큼이에요."),
    "whole_lines": gettext_lazy("따로 내야 하는 돈이라 물건값을 통째로 내요."),
    "shared": gettext_lazy("나머지를 내요."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """What the facts' keys are called: stalls, lines, held money, kinds of business and goods.

    `today` is the day that the words are read on.
    """

    today: date
    stalls: Mapping[str, str] = field(default_factory=dict)
    lines: Mapping[str, str] = field(default_factory=dict)
    tenders: Mapping[str, str] = field(default_factory=dict)
    kinds: Mapping[str, str] = field(default_factory=dict)


def tender_name(kind: TenderKind) -> str:
    """A kind of money as people call it."""
    return str(TENDERS[kind])


def scheme_name(scheme: str) -> str:
    """A scheme as people call it; one that is new here by its own name."""
    return str(SCHEMES.get(scheme, scheme))


def why_words(why: Refusal, names: Names, *, later: bool = False) -> str:
    """Why money pays, or does not, with what to do about a no. `later`: what is saved comes afterwards."""
    if why.code is Why.PAYS:
        return _bound(why)
    if why.code is Why.SAVES:
        return f"{_saving(why, later=later)} {_bound(why)}"
    return str(REASONS[why.code]) % _shown(why.facts, names)


def rate_words(basis_points: int) -> str:
    """1000 as 10, 750 as 7.5."""
    whole, rest = divmod(basis_points, 100)
    return f"{whole}.{rest:02d}".rstrip("0").rstrip(".") if rest else str(whole)


def _bound(why: Refusal) -> str:
    words = BOUNDS.get(str(why.facts.get("bound", "")))
    return str(words) if words is not None else str(REASONS[Why.PAYS]) % {"won": f"{why.facts['won']:,}"}


def _saving(why: Refusal, *, later: bool) -> str:
    basis_points = int(why.facts["discount_bp"])
    if basis_points == WHOLE_BP:
        return str(GIVEN) % {"saved_won": f"{why.facts['saved_won']:,}"}
    return str(LATER if later else REASONS[Why.SAVES]) % {"rate": rate_words(basis_points)}


def _shown(facts: Mapping[str, str | int], names: Names) -> dict[str, str]:
    """The facts in words, and with the particles that follow them."""
    called: dict[str, Callable[[str], str]] = {
        "stall": lambda key: names.stalls.get(key, key),
        "line": lambda key: names.lines.get(key, key),
        "beside": lambda key: names.tenders.get(key, key),
        "tag": lambda key: names.kinds.get(key, key),
        "business": lambda key: names.kinds.get(key, key),
        "scheme": scheme_name,
        "kind": lambda kind: tender_name(TenderKind(kind)),
        "area": lambda area: area.rpartition(" ")[2] or _("우리 시장"),
        "day": lambda day: day_words(date.fromisoformat(day), names.today),
    }
    shown: dict[str, str] = {}
    for name, value in facts.items():
        words = called[name](str(value)) if name in called else f"{value:,}" if isinstance(value, int) else value
        shown |= {
            name: words,
            f"{name}_topic": topic(words),
            f"{name}_object": object_(words),
            f"{name}_together": together(words),
        }
    if "needs_won" in facts:
        shown["more_won"] = f"{int(facts['needs_won']) - int(facts['goods_won']):,}"
    return shown
