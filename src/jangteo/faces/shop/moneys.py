"""Paying a basket with several kinds of money: what the customer says to hold, and the split that was shown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jangteo.domains.markets.models import Market
from jangteo.domains.ordering.splitting import MONEYS, Own, ToPay, rest_kind, split_of
from jangteo.domains.ordering.wanted import WantedMoney
from jangteo.domains.payments.rules.split import Split
from jangteo.domains.payments.rules.tenders import PAID_AT_STALL, TenderKind
from jangteo.faces.shop.cards import BasketSum

MOST_HELD_WON = 10_000_000
HELD_WORDS: dict[TenderKind, Promise] = {
    TenderKind.ONNURI_DIGITAL: _("모바일 온누리가 있어요"),
    TenderKind.ONNURI_PAPER: _("종이 온누리가 있어요"),
    TenderKind.LOCAL_CURRENCY: _("지역화폐가 있어요"),
}


@dataclass(frozen=True, slots=True)
class MoneyRow:
    """One kind of money on the form: whether it is used, and how much there is where nobody but the customer knows."""

    kind: TenderKind
    has: forms.BoundField
    won: forms.BoundField | None = None


class MoneysForm(forms.Form):
    """Beside the way of paying: nothing here is required, and without a tick nothing changes."""

    seen_split = forms.CharField(required=False, max_length=400)

    def __init__(self, data: QueryDict | None = None, *, total: BasketSum, own: Own | None = None) -> None:
        super().__init__(data)
        self.kinds = kinds_for(total)
        self.own = own or Own()
        for purse in self.own.purses.values():
            label = gettext("돌려받은 %(won)s원 쓰기") % {"won": f"{purse.won:,}"}
            self.fields[f"purse_{purse.scheme}"] = forms.BooleanField(label=label, required=False)
        for kind in self.kinds:
            self.fields[f"has_{kind}"] = forms.BooleanField(label=str(HELD_WORDS[kind]), required=False)
            self.fields[f"won_{kind}"] = forms.IntegerField(
                label=_("얼마 있으세요? 넉넉하면 비워 두세요."),
                required=False,
                min_value=1,
                max_value=MOST_HELD_WON,
                error_messages={
                    "invalid": _("금액을 숫자로만 적어 주세요."),
                    "min_value": _("1원부터 적을 수 있어요."),
                    "max_value": _("천만 원까지 적을 수 있어요."),
                },
                widget=forms.TextInput({"class": "input", "inputmode": "numeric", "autocomplete": "off"}),
            )

    def rows(self) -> Iterator[MoneyRow]:
        """Cashback first, for it runs out."""
        for purse in self.own.purses.values():
            yield MoneyRow(TenderKind.POINTS, self[f"purse_{purse.scheme}"])
        for kind in self.kinds:
            yield MoneyRow(kind, self[f"has_{kind}"], self[f"won_{kind}"])

    def moneys(self) -> tuple[WantedMoney, ...]:
        """What is ticked. Only for a valid form."""
        data = self.cleaned_data
        held = [WantedMoney(kind.value, won=data.get(f"won_{kind}")) for kind in self.kinds if data.get(f"has_{kind}")]
        used = [purse for purse in self.own.purses.values() if data.get(f"purse_{purse.scheme}")]
        return (*(WantedMoney(TenderKind.POINTS.value, purse.scheme) for purse in used), *held)


def kinds_for(total: BasketSum) -> Sequence[TenderKind]:
    """Money that at least one stall of the basket takes in its hand."""
    onnuri = any(part.stall.takes_onnuri for part in total.stalls)
    local = any(part.stall.takes_local for part in total.stalls)
    taken = {TenderKind.LOCAL_CURRENCY: local}
    return [kind for kind in MONEYS if taken.get(kind, onnuri)]


def basket_split(market: Market, total: BasketSum, form: MoneysForm, tender: str) -> Split:
    """The cheapest split of what can be bought now; `tender` is the chosen way. Raises what `split_of` raises."""
    goods = [ToPay(str(line.good.pk), line.good, line.most_won) for line in total.buyable]
    rest = rest_kind(wanted_tender(tender), tender)
    return split_of(market=market, goods=goods, moneys=form.moneys(), rest=rest, own=form.own)


def wanted_tender(choice: str) -> str:
    """What the domain calls a way of paying: at the stall, or ahead."""
    return choice if choice == "at_stall" else "card"


def pays_ahead(split: Split | None) -> bool:
    """False where what is paid at the stalls covers everything."""
    return split is None or any(choice.won and choice.kind not in PAID_AT_STALL for choice in split.choices)


def told(split: Split | None) -> str:
    """What was shown, to be compared when the order is pressed."""
    return "" if split is None else ",".join(f"{choice.key}={choice.won}" for choice in split.choices)
