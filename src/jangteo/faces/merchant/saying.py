"""What a stall said, brought to its own goods: one deed that is sure, or a question with the answers as buttons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from jangteo.domains.catalog.models import Good
from jangteo.domains.catalog.speech import Doubt, Intent, Known, Meaning
from jangteo.domains.catalog.speech.counts import counts_in
from jangteo.domains.markets.models import Stall
from jangteo.faces._parts.words.saying import (
    HOME,
    answered,
    asks_how_much,
    asks_leap,
    asks_of_what,
    asks_origin,
    count_said,
    read_back,
    sentence,
)
from jangteo.faces.merchant.deeds import DOORS, NEW, PRICE, Deed
from jangteo.faces.merchant.good_form import UNITS
from jangteo.faces.merchant.prices import is_leap
from jangteo.faces.merchant.shelf import Thing

MOST_CHOICES = 6
_DO = {
    Intent.OPEN: Stall.Door.OPEN.value,
    Intent.CLOSE: Stall.Door.CLOSED.value,
    Intent.SOLD_OUT: Good.State.SOLD_OUT.value,
    Intent.BACK: Good.State.ON_SALE.value,
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One big button; `words` is what it does, `fields` what it posts."""

    words: str
    fields: dict[str, str]


@dataclass(frozen=True, slots=True)
class Question:
    """Asked in Korean, `words`, the language of what was said. `wants` is what is typed in: "won", "origin" or "".

    `fields` go with what is typed.
    """

    words: str
    choices: tuple[Choice, ...] = ()
    wants: str = ""
    fields: tuple[tuple[str, str], ...] = ()


def known(things: Sequence[Thing]) -> list[Known]:
    return [Known(thing.good.name, thing.good.unit, thing.good.unit_grams) for thing in things]


def answer(meaning: Meaning, things: Sequence[Thing]) -> Deed | Question:
    """The deed where one is sure, else what to ask."""
    if meaning.intent == Intent.ASK:
        return _asked(meaning, things)
    do = _DO.get(meaning.intent, "")
    if do in DOORS:
        return Deed(do)
    goods = [thing.good for thing in things if thing.good.name == meaning.name]
    if do:
        deeds = [Deed(do, good_id=good.pk) for good in goods]
        return deeds[0] if len(deeds) == 1 else _which(meaning, goods, deeds)
    if not goods:
        return _new(meaning)
    return _priced(meaning, goods)


def objection(deed: Deed, things: Sequence[Thing], earlier: Sequence[Good]) -> Deed | Question:
    """The deed if it can be done as it is, with the origin that `earlier` goods of its name had, or what is missing."""
    if deed.do == PRICE:
        good = next((thing.good for thing in things if thing.good.pk == deed.good_id), None)
        return _leap(good, deed) if good and is_leap(good.price_won, deed.price_won) and not deed.sure else deed
    if deed.do != NEW or (deed.unit and deed.origin):
        return deed
    if not deed.unit:
        choices = (Choice(unit, replace(deed, unit=unit).fields) for unit in UNITS)
        return Question(asks_how_much(deed.name, deed.price_won), tuple(choices))
    origin = next((good.origin for good in reversed(earlier) if good.name == deed.name), "")
    if origin:
        return replace(deed, origin=origin)
    home = Choice(_("국산이에요. 올리기"), replace(deed, origin=HOME).fields)
    asked = asks_origin(f"{deed.name} {deed.unit}", deed.price_won)
    return Question(asked, (home,), "origin", tuple(deed.fields.items()))


def _leap(good: Good, deed: Deed) -> Question:
    sure = Choice(_("네, %(won)s원으로 바꾸기") % {"won": f"{deed.price_won:,}"}, replace(deed, sure=True).fields)
    return Question(asks_leap(str(good), good.price_won, deed.price_won), (sure,))


def _new(meaning: Meaning) -> Deed:
    """What nobody sold here yet. What is weighed by 근 and kilos is priced for that weight."""
    unit = count_said(meaning.count, meaning.unit)
    grams = meaning.grams or 0
    if grams and "g" not in meaning.unit:
        unit = f"{unit} {grams}g"
    elif grams:
        unit = f"{grams // 1000}kg" if grams % 1000 == 0 else f"{grams}g"
    return Deed(NEW, price_won=meaning.price_won or 0, name=meaning.name, unit=unit, grams=grams, origin=meaning.origin)


def _priced(meaning: Meaning, goods: Sequence[Good]) -> Deed | Question:
    """A price for what the stall sells already: the good that is sold by just that much."""
    won = meaning.price_won or 0
    fitting = [good for good in goods if _fits(good, meaning)]
    if len(fitting) == 1:
        return Deed(PRICE, good_id=fitting[0].pk, price_won=won)
    choices = [_to(good, won) for good in (fitting or goods)]
    if not fitting and meaning.unit:
        unit = count_said(meaning.count, meaning.unit)
        words = _("%(good)s, %(won)s원에 새로 올리기") % {"good": f"{meaning.name} {unit}", "won": f"{won:,}"}
        choices.insert(0, Choice(words, _new(meaning).fields))
    return Question(asks_of_what(meaning.name, won), _few(choices))


def _fits(good: Good, meaning: Meaning) -> bool:
    """Whether the price said is for as much as the good's price is."""
    if good.price_grams is not None:
        return meaning.grams == good.price_grams
    if not meaning.unit:
        return True
    return (meaning.count, meaning.unit) in [(count.number, count.unit) for count in counts_in(good.unit)]


def _to(good: Good, won: int) -> Choice:
    per = f"{good.price_grams}g" if good.price_grams else good.unit
    words = _("%(name)s %(per)s 값을 %(won)s원으로") % {"name": good.name, "per": per, "won": f"{won:,}"}
    return Choice(words, Deed(PRICE, good_id=good.pk, price_won=won).fields)


def _which(meaning: Meaning, goods: Sequence[Good], deeds: Sequence[Deed]) -> Question:
    choices = [Choice(str(good), deed.fields) for good, deed in zip(goods, deeds, strict=True)]
    return Question(read_back(replace(meaning, intent=Intent.ASK, doubt=Doubt.WHICH_GOOD)), _few(choices))


def _asked(meaning: Meaning, things: Sequence[Thing]) -> Question:
    """The question for each doubt, with the answers that are likely."""
    words = read_back(meaning)
    goods = [thing.good for thing in things if thing.good.name == meaning.name]
    if meaning.doubt == Doubt.NO_PRICE:
        return Question(words, (), "won", (("before", sentence(meaning)),))
    if meaning.doubt == Doubt.BY_OR_TO and meaning.step_won is not None:
        return Question(words, _few([choice for good in goods for choice in _by_or_to(good, meaning)]))
    if meaning.doubt == Doubt.NO_NAME:
        return Question(words, _few([_named(thing.good.name, meaning) for thing in things]))
    if meaning.doubt == Doubt.WHICH_GOOD:
        return Question(words, _few([*(_named(name, meaning) for name in meaning.names), *_as_new(meaning)]))
    if meaning.doubt == Doubt.WHICH_PRICE and meaning.name:
        return Question(words, _few([_at(won, meaning) for won in meaning.prices]))
    return Question(words)


def _by_or_to(good: Good, meaning: Meaning) -> list[Choice]:
    to = abs(meaning.step_won or 0)
    wanted = good.price_won + (meaning.step_won or 0)
    return [_to(good, won) for won in (wanted, to) if won > 0]


def _named(name: str, meaning: Meaning) -> Choice:
    """The same, said of this good; a price said of no good is its new price."""
    intent = Intent.PRICE if meaning.doubt == Doubt.NO_NAME and meaning.prices else meaning.meant
    told = replace(meaning, intent=intent, name=name, price_won=meaning.prices[0] if meaning.prices else None)
    return Choice(answered(told), {"said": sentence(told)})


def _as_new(meaning: Meaning) -> list[Choice]:
    if meaning.meant != Intent.PUT_UP or not meaning.prices:
        return []
    told = replace(meaning, intent=Intent.PUT_UP, price_won=meaning.prices[0])
    words = _("%(good)s, %(won)s원에 새로 올리기")
    good = f"{told.name} {count_said(told.count, told.unit)}".strip()
    return [Choice(words % {"good": good, "won": f"{told.price_won:,}"}, _new(told).fields)]


def _at(won: int, meaning: Meaning) -> Choice:
    told = replace(meaning, intent=meaning.meant, price_won=won)
    return Choice(answered(told), {"said": sentence(told)})


def _few(choices: Sequence[Choice]) -> tuple[Choice, ...]:
    return tuple(choices[:MOST_CHOICES])
