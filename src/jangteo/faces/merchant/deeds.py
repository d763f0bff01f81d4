"""What a sentence asks for, done, with the address that says it was done."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict
from django.urls import reverse

from jangteo.domains.catalog.actions.put_up_good import NewGood, put_up_good
from jangteo.domains.catalog.actions.set_price import MOST_WON, set_price
from jangteo.domains.catalog.actions.set_sale_state import set_sale_state
from jangteo.domains.catalog.models import Good
from jangteo.domains.catalog.queries import all_goods_of_stall
from jangteo.domains.catalog.rules import usual_tax
from jangteo.domains.markets.actions.set_door import set_door
from jangteo.domains.markets.models import Stall
from jangteo.domains.ordering.actions.weigh_line import MOST_GRAMS
from jangteo.faces._parts.devices import AtStall
from jangteo.faces.merchant.pictures import picture_for
from jangteo.faces.merchant.prices import way_back
from jangteo.faces.merchant.shelf import good_on_shelf
from jangteo.kernel import clock

PRICE, NEW = "price", "new"
DOORS = frozenset(Stall.Door.values)
STATES = frozenset({Good.State.ON_SALE.value, Good.State.SOLD_OUT.value})
_DO = [(name, name) for name in (PRICE, NEW, *sorted(DOORS), *sorted(STATES))]


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing to do: `do` is a state of a good or the door, "price" or "new". `sure` stands for a leap in price."""

    do: str
    good_id: int = 0
    price_won: int = 0
    name: str = ""
    unit: str = ""
    grams: int = 0
    origin: str = ""
    sure: bool = False

    @property
    def fields(self) -> dict[str, str]:
        """As a form posts it."""
        told = {name: str(value) for name, value in asdict(self).items() if value and name != "sure"}
        return told | ({"sure": "on"} if self.sure else {})


class DeedForm(forms.Form):
    do = forms.ChoiceField(choices=_DO)
    good_id = forms.IntegerField(required=False, min_value=1)
    price_won = forms.IntegerField(required=False, min_value=1, max_value=MOST_WON)
    name = forms.CharField(required=False, max_length=40)
    unit = forms.CharField(required=False, max_length=20)
    grams = forms.IntegerField(required=False, min_value=1, max_value=MOST_GRAMS)
    origin = forms.CharField(required=False, max_length=80)
    sure = forms.BooleanField(required=False)

    def clean(self) -> dict[str, object]:
        told = self.cleaned_data
        needed = {PRICE: ("good_id", "price_won"), NEW: ("name", "price_won")}
        missing = needed.get(told.get("do", ""), ("good_id",) if told.get("do") in STATES else ())
        if not all(told.get(name) for name in missing):
            raise forms.ValidationError("")
        return told


def deed_of(told: QueryDict) -> Deed | None:
    """What a button asks for; None for anything else."""
    form = DeedForm(told)
    if not form.is_valid():
        return None
    return Deed(**{name: value for name, value in form.cleaned_data.items() if value})


def carry_out(at: AtStall, deed: Deed, said: str) -> str:
    """Do it. Answers the address of the screen that says so and has the way back."""
    if deed.do in DOORS:
        was = at.stall.door
        set_door(market=at.market, actor=at.actor, stall_id=at.stall.pk, door=Stall.Door(deed.do))
        return _told(said, door=was)
    if deed.do == NEW:
        return _told(said, new=_put_up(at, deed))
    good = good_on_shelf(at.stall.pk, deed.good_id).good
    if deed.do in STATES:
        set_sale_state(market=at.market, actor=at.actor, good_id=good.pk, state=Good.State(deed.do))
        return _told(said, same=good.pk) if good.state == deed.do else _told(said, did=good.pk)
    back = way_back(good, clock.now())
    set_price(market=at.market, actor=at.actor, good_id=good.pk, price_won=deed.price_won)
    if good.price_won == deed.price_won and not back:
        return _told(said, same=good.pk)
    return _told(said, did=good.pk, was=good.price_won, back=back)


def _told(said: str, **facts: object) -> str:
    told = {name: value for name, value in facts.items() if value} | ({"said": said} if said else {})
    return f"{reverse('merchant:say')}?{urlencode(told)}"


def _put_up(at: AtStall, deed: Deed) -> int:
    """With kind, tax and picture of the stall's other goods of that name, else as such goods have them."""
    goods = all_goods_of_stall(at.stall.pk)
    twin = next((good for good in reversed(goods) if good.name == deed.name), None)
    kind = twin.kind if twin else at.stall.kind
    new = NewGood(
        stall_id=at.stall.pk,
        kind_id=kind.pk,
        name=deed.name,
        unit=deed.unit,
        origin=deed.origin,
        price_won=deed.price_won,
        price_grams=deed.grams or None,
        unit_grams=deed.grams or None,
        tax=twin.tax if twin else usual_tax(kind.key),
        picture=twin.picture if twin else picture_for(deed.name, kind.key),
        position=len(goods),
    )
    return put_up_good(market=at.market, actor=at.actor, new=new).pk
