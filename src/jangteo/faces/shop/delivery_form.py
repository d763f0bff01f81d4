"""Where and when an order is brought: the part of the checkout that is seen by who wants it delivered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django import forms
from django.forms.boundfield import BoundWidget
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jangteo.domains.delivery.addresses import MOST_TEXT, Address
from jangteo.domains.delivery.errors import PlaceMissing
from jangteo.domains.delivery.loads import Offer, Offers
from jangteo.domains.delivery.models import Place
from jangteo.domains.delivery.queries import offers, pickable_places
from jangteo.domains.markets.models import Market
from jangteo.domains.ordering.wanted import WantedOrder
from jangteo.faces._parts.words.delivery_words import window_words
from jangteo.faces._parts.words.errors import sentence
from jangteo.faces._parts.words.times import day_words, hour_words
from jangteo.faces.shop.cards import BasketSum
from jangteo.faces.shop.forms import PlainSelect
from jangteo.kernel import clock
from jangteo.kernel.errors import Refused

MOST_WAVE = 2**62
FEW_SEATS = 5
MOST_AT_FIRST = 3
SUBSTITUTES: list[tuple[str, Promise]] = [
    ("call", _("저한테 전화해 주세요")),
    ("nearest", _("비슷한 것으로 주세요")),
    ("refund", _("빼고 돈을 돌려주세요")),
]
# Refusals that belong beside a field; any other is said above the form.
FIELD_OF = {
    "delivery.place_missing": "place",
    "delivery.outside_zones": "place",
    "delivery.detail_missing": "address",
    "delivery.past_cut_off": "wave_id",
    "delivery.wave_full": "wave_id",
    "delivery.no_such_wave": "wave_id",
    "delivery.not_ready_in_time": "wave_id",
}


@dataclass(frozen=True, slots=True)
class WindowChoice:
    """A window to pick, with until when it may be."""

    radio: BoundWidget
    note: str


@dataclass(frozen=True, slots=True)
class Bringing:
    """What the market offers for this basket: places to pick from, windows, and the fee."""

    places: Sequence[Place]
    offers: Offers

    @property
    def fee_won(self) -> int:
        """What the customer pays for it."""
        return 0 if self.offers.fee is None else self.offers.fee.customer_won


def bringing(market: Market, total: BasketSum) -> Bringing | None:
    """None where the market does not deliver. One statement then, else six."""
    places = pickable_places()
    if not places:
        return None
    stalls = sorted({line.good.stall_id for line in total.buyable})
    found = offers(market, None, total.estimate_won, clock.now(), stalls)
    return None if found.fee is None else Bringing(places, found)


class _AnyWave(forms.ChoiceField):
    """Also a window that is not offered any more: the domain says why, in its own words."""

    def valid_value(self, value: object) -> bool:
        text = str(value)
        return text.isascii() and text.isdigit() and int(text) < MOST_WAVE if len(text) < 20 else False


class _PlaceOrAddress(forms.ChoiceField):
    """Nothing picked is right where the address says it all, and the domain knows whether it does."""

    def validate(self, value: object) -> None:
        if value:
            super().validate(value)


class _Door(forms.CharField):
    """Nothing typed is right for a building that is one door."""

    def validate(self, value: object) -> None:
        """Whether it is enough the domain says."""


class DeliveryForm(forms.Form):
    """A place from the list and the door behind it, or the whole address typed; a window; what to do without a good."""

    place = _PlaceOrAddress(label=_("어느 동네예요?"), widget=PlainSelect({"class": "input"}))
    address = _Door(
        label=_("나머지 주소"),
        max_length=MOST_TEXT,
        help_text=_("번지나 동·호수를 적어 주세요. 목록에 없으면 주소를 다 적어 주세요."),
        widget=forms.TextInput({"class": "input", "autocomplete": "street-address"}),
    )
    use_required_attribute = False

    wave_id = _AnyWave(
        label=_("언제 받으세요?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("배달받을 시간을 골라 주세요."),
            "invalid_choice": _("배달받을 시간을 골라 주세요."),
        },
    )
    substitute = forms.ChoiceField(
        label=_("물건이 떨어졌으면"), choices=SUBSTITUTES, initial="call", widget=forms.RadioSelect, required=False
    )
    seen_fee_won = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)

    def __init__(self, data: QueryDict | None, *, here: Bringing, begun: Mapping[str, object]) -> None:
        """`begun` is what stands in the fields before anything is typed; a last address is taken apart for them."""
        start = {**begun, **_begun(here.places, str(begun.get("address", ""))), "seen_fee_won": here.fee_won}
        start["wave_id"] = next((str(one.wave_id) for one in here.offers.offers), "")
        super().__init__(data, initial=start)
        self.here = here
        self._offer(here)

    def clean(self) -> None:
        if not self.cleaned_data.get("place") and not self.cleaned_data.get("address") and "place" not in self.errors:
            self.add_error("place", sentence(PlaceMissing()))

    @property
    def fee_won(self) -> int:
        return self.here.fee_won

    @property
    def windows(self) -> list[WindowChoice]:
        """What can be picked, the next first."""
        offered = {str(one.wave_id): one for one in self.here.offers.offers}
        return [WindowChoice(radio, until_words(offered[radio.data["value"]])) for radio in self["wave_id"]]

    @property
    def next_windows(self) -> list[WindowChoice]:
        """As many as fit on a small screen."""
        return self.windows[:MOST_AT_FIRST]

    @property
    def later_windows(self) -> list[WindowChoice]:
        return self.windows[MOST_AT_FIRST:]

    @property
    def is_later(self) -> bool:
        """Whether one that would be folded away is the picked one."""
        return any(one.radio.data["selected"] for one in self.later_windows)

    @property
    def free_won(self) -> int | None:
        """From how much on there is no fee, where there is one now and could be none."""
        terms = self.here.offers.terms
        return terms.free_from_won if terms is not None and self.fee_won else None

    def put_into(self, wanted: WantedOrder) -> WantedOrder:
        """The order with where and when it is brought. For a valid form."""
        data = self.cleaned_data
        address = Address(data["address"], int(data["place"] or 0))
        return replace(
            wanted,
            address=data["address"],
            wave_id=int(data["wave_id"]),
            place=address,
            fee_won=data["seen_fee_won"],
            substitute=data["substitute"] or "call",
        )

    def refuse(self, refused: Refused, here: Bringing | None) -> bool:
        """Say a refusal here, with what is offered by now. False where it is not about the delivery."""
        if not refused.code.startswith("delivery.") and refused.code != "ordering.fee_changed":
            return False
        field = FIELD_OF.get(refused.code)
        # What was chosen is gone, so that the next window stands there; what it costs now has been said by now.
        kept = {name: self.data[name] for name in self.data if name != field or field != "wave_id"}
        if here is not None:
            self.here = here
            self._offer(here)
            kept["seen_fee_won"] = str(here.fee_won)
            kept.setdefault("wave_id", next((str(one.wave_id) for one in here.offers.offers), ""))
        self.data = kept
        self.add_error(field, sentence(refused))
        return True

    def _offer(self, here: Bringing) -> None:
        self._choice("wave_id").choices = [
            (str(one.wave_id), window_words(one.starts, one.ends)) for one in here.offers.offers
        ]
        groups: dict[str, list[tuple[str, str]]] = {}
        for place in here.places:
            groups.setdefault(str(_KINDS[place.kind]), []).append((str(place.pk), place.name))
        self._choice("place").choices = [("", gettext("목록에서 골라 주세요")), *groups.items()]

    def _choice(self, name: str) -> forms.ChoiceField:
        field = self.fields[name]
        if not isinstance(field, forms.ChoiceField):
            raise TypeError(name)
        return field


def until_words(offer: Offer) -> str:
    """오후 3시까지 주문, with its day where that is another, and how many seats where there are few."""
    until, first = offer.cut_off.astimezone(clock.KST), offer.starts.astimezone(clock.KST).date()
    day = "" if until.date() == first else f"{day_words(until.date(), clock.calendar_day())} "
    words = gettext("%(until)s까지 주문") % {"until": f"{day}{hour_words(until.time())}"}
    few = gettext("%(left)s자리 남았어요") % {"left": offer.left}
    return f"{words} · {few}" if offer.left <= FEW_SEATS else words


def _begun(places: Sequence[Place], address: str) -> dict[str, str]:
    """The last address taken apart, so that nobody picks and types it twice."""
    for place in sorted(places, key=lambda one: -len(one.name)):
        if address.startswith(place.name):
            return {"place": str(place.pk), "address": address.removeprefix(place.name).strip()}
    return {}


_KINDS: dict[str, Promise] = {Place.Kind.DONG: _("동"), Place.Kind.BUILDING: _("건물")}
