"""A sentence understood: what is to be done with which good, at what price."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from jangteo.domains.catalog.hangul import jamo
from jangteo.domains.catalog.speech import phrases
from jangteo.domains.catalog.speech.counts import Count, counts_in
from jangteo.domains.catalog.speech.meaning import Doubt, Intent, Known, Meaning
from jangteo.domains.catalog.speech.naming import MARK, alike, is_known, marked, plain_name
from jangteo.domains.catalog.speech.numerals import SIGNS, native, sino
from jangteo.domains.catalog.speech.phrases import Verb
from jangteo.domains.catalog.speech.prices import Price, can_be, prices_in
from jangteo.domains.catalog.speech.vocabulary import CHEAPER, HOME, ORIGINS, PLACES, geun_grams, goods_word

SURE, ASKING = 97, 30
_UNKNOWN_NAME, _NO_WON, _NO_COUNT, _OTHER_NAME = 12, 4, 10, 10
_MOST_WORDS, _MOST_UNCOUNTED_WORDS, _MOST_LETTERS = 4, 2, 40
_STATES = {Verb.SOLD_OUT: Intent.SOLD_OUT, Verb.BACK: Intent.BACK}
_OTHER_WON = re.compile(f"[{SIGNS}]+원")
_AND = ("하고", "이랑", "랑", "와", "과")


@dataclass(frozen=True, slots=True)
class _Parts:
    """A sentence taken apart."""

    name: str
    origin: str
    prices: list[Price]
    counts: list[Count]
    doubt: Doubt


def understand(said: str, goods: Sequence[Known] = ()) -> Meaning:
    """What the sentence means; `goods` are those that the stall sells, if anybody knows. Never raises."""
    heard = phrases.cleaned(said)
    text = phrases.without_fillers(heard)
    if not heard.replace("?", "").strip():
        return _ask(Doubt.NOTHING_SAID)
    if phrases.opens(heard) or phrases.opens(text):
        return Meaning(Intent.OPEN, percent=SURE)
    if phrases.closes(heard) or phrases.closes(text):
        return Meaning(Intent.CLOSE, percent=SURE)
    if phrases.is_refusal(text):
        return _ask(Doubt.UNCLEAR)
    before, after = phrases.second_thought(text)
    return _corrected(before, after, goods) if before else _understood(after, goods)


def _corrected(before: str, after: str, goods: Sequence[Known]) -> Meaning:
    """오천 원 아니 육천 원: the second price holds, the good stays."""
    first, second = _understood(before, goods), _understood(after, goods)
    if second.name or not first.name or not second.prices:
        return second
    if len(second.prices) > 1:
        return replace(second, name=first.name, count=first.count, unit=first.unit, grams=first.grams)
    return _understood(f"{_without_price(before, goods)} {after}", goods)


def _without_price(text: str, goods: Sequence[Known]) -> str:
    bare, name = marked(text, goods)
    for price in reversed(prices_in(bare, name)):
        bare = bare[: price.start] + " " + bare[price.end :]
    return " ".join(bare.replace(MARK, name).split())


def _understood(text: str, goods: Sequence[Known]) -> Meaning:
    bare, sold = marked(text, goods)
    phrase = phrases.phrase(bare)
    state = _STATES.get(phrase.verb)
    parts = _parts(phrase.text, sold, only_won=state is not None)
    meaning = _measured(parts, goods)
    if parts.doubt:
        return _asking(meaning, parts.doubt, parts, Intent.PUT_UP)
    if state is not None and not parts.prices:
        return _stated(meaning, state, goods)
    if phrase.verb == Verb.SOLD_OUT:
        return _asking(meaning, Doubt.UNCLEAR, parts, Intent.ASK)
    return _priced(meaning, parts, _intent(phrase, parts), phrase.verb, goods)


def _intent(phrase: phrases.Phrase, parts: _Parts) -> Intent:
    """Whether a price is set or something put up: 오천 원으로 올려, but 오천 원에 올려."""
    is_to = any(price.is_to for price in parts.prices)
    changes = phrase.verb in (Verb.CHANGE, Verb.LOWER) or (phrase.verb == Verb.RAISE and not _is_at(parts))
    if is_to or phrase.is_price or (changes and not parts.counts) or phrase.verb in (Verb.CHANGE, Verb.LOWER):
        return Intent.PRICE
    return Intent.PUT_UP


def _is_at(parts: _Parts) -> bool:
    return any(price.is_at for price in parts.prices)


def _parts(text: str, sold: str, *, only_won: bool) -> _Parts:
    """`only_won` when no price is waited for: 두부만 품절 does not cost 만."""
    prices = [price for price in prices_in(text, sold) if price.has_won or not only_won]
    rest = text
    for price in reversed(prices):
        rest = rest[: price.start] + "  " + rest[price.end :]
    counts = counts_in(rest)
    for count in reversed(counts):
        rest = rest[: count.start] + "  " + rest[count.end :]
    name, origin = _named(rest.split(), sold)
    doubt = _doubt_of(name.replace(sold, MARK) if sold else name, rest, counts) or _cut_short(prices, counts, text)
    return _Parts(_without_numbers(name) if doubt else name, origin, prices, counts, doubt)


def _cut_short(prices: list[Price], counts: list[Count], text: str) -> Doubt:
    """고등어 만: somebody was interrupted, or it is the 만 of 고등어만."""
    lone = [price for price in prices if not price.has_won and len(text[price.start : price.end].strip()) == 1]
    return Doubt.WHICH_PRICE if lone and not counts else Doubt.NONE


def _named(words: list[str], sold: str) -> tuple[str, str]:
    """The name, and the origin where it was said: 국산 고등어."""
    origin = next((word for word in words if word in ORIGINS or word in HOME), "")
    kept = [word for word in words if word != origin]
    kept = [plain_name(word) if place == len(kept) - 1 else word for place, word in enumerate(kept)]
    if sold and any(MARK in word for word in kept) and all(MARK in word or len(word) == 1 for word in kept):
        return sold, "국산" if origin in HOME else origin
    name = " ".join(kept).replace(MARK, sold)
    return name, "국산" if origin in HOME else origin


def _doubt_of(name: str, rest: str, counts: list[Count]) -> Doubt:
    if len(counts) > 1 or any(count.is_rough for count in counts):
        return Doubt.HOW_MANY
    words = name.split()
    for place, word in enumerate(words):
        is_place = word in PLACES and place < len(words) - 1
        if not is_place and _is_stray(word):
            return Doubt.WHICH_PRICE if sino(word) else Doubt.HOW_MANY
    if any(word in CHEAPER for word in words):
        return Doubt.WHICH_PRICE
    joined = any(word.endswith(_AND) and not goods_word(word) for word in words[:-1])
    if joined or len(name) > _MOST_LETTERS or any(phrases.is_verb(word) for word in words):
        return Doubt.UNCLEAR
    most = _MOST_WORDS if counts or goods_word(name) else _MOST_UNCOUNTED_WORDS
    is_long = len(words) > most
    return Doubt.UNCLEAR if is_long and MARK not in rest else Doubt.NONE


def _without_numbers(name: str) -> str:
    return " ".join(word for word in name.split() if not _is_stray(word))


def _is_stray(word: str) -> bool:
    """A number that belongs to nothing."""
    is_number = sino(word) is not None or native(word) is not None or word.isdigit()
    return not goods_word(word) and (is_number or _OTHER_WON.match(word) is not None)


def _measured(parts: _Parts, goods: Sequence[Known]) -> Meaning:
    """Name, count and weight, nothing decided yet."""
    bare = Meaning(Intent.ASK, name=parts.name, origin=parts.origin, percent=ASKING)
    if len(parts.counts) != 1 or parts.counts[0].is_rough:
        return bare
    count = parts.counts[0]
    grams = count.grams
    if "근" in count.unit.split() and (each := _geun(parts.name, goods)) is not None:
        grams = each * count.halves // 2
    return replace(bare, count=count.number, unit=count.unit, grams=grams)


def _geun(name: str, goods: Sequence[Known]) -> int | None:
    """As the stall itself sells it, else as people do."""
    own = next((good.grams for good in goods if good.name == name and "근" in good.unit and good.grams), None)
    return own or geun_grams(name)


def _stated(meaning: Meaning, intent: Intent, goods: Sequence[Known]) -> Meaning:
    """Sold out, or back: the one good that is meant, else which."""
    if not meaning.name:
        return replace(meaning, doubt=Doubt.NO_NAME, meant=intent)
    if not goods:
        known = is_known(meaning.name)
        return replace(meaning, intent=intent, percent=SURE if known else SURE - _UNKNOWN_NAME)
    names = alike(meaning.name, goods)
    if len(names) != 1:
        return replace(meaning, doubt=Doubt.WHICH_GOOD, meant=intent, names=tuple(names))
    percent = SURE if _same(meaning.name, names[0]) else SURE - _OTHER_NAME
    return replace(meaning, intent=intent, name=names[0], percent=percent)


def _priced(meaning: Meaning, parts: _Parts, intent: Intent, verb: Verb, goods: Sequence[Known]) -> Meaning:
    """Put up or priced, if one price can be meant and one good."""
    readings = tuple(dict.fromkeys(won for price in parts.prices for won in price.readings))
    if not readings:
        is_good = meaning.name and (bool(parts.counts) or is_known(meaning.name) or bool(alike(meaning.name, goods)))
        return _asking(meaning, Doubt.NO_PRICE if is_good else Doubt.UNCLEAR, parts, intent)
    if len(parts.prices) > 1 or not parts.prices[0].is_sure:
        doubt = Doubt.WHICH_PRICE if any(can_be(won) for won in readings) else Doubt.CANNOT_BE
        return _asking(meaning, doubt, parts, intent)
    if not meaning.name:
        return replace(_asking(meaning, Doubt.NO_NAME, parts, intent), prices=readings)
    if _is_step(parts, verb, meaning, goods):
        step = readings[0] if verb == Verb.RAISE else -readings[0]
        return replace(_asking(meaning, Doubt.BY_OR_TO, parts, Intent.PRICE), step_won=step)
    return _sold_here(replace(meaning, intent=intent, price_won=readings[0], percent=_percent(meaning, parts)), goods)


def _is_step(parts: _Parts, verb: Verb, meaning: Meaning, goods: Sequence[Known]) -> bool:
    """오백 원 올려 can be by and to. With a count it is put up, unless the stall sells it already."""
    price = parts.prices[0]
    if verb not in (Verb.RAISE, Verb.LOWER) or price.is_to or (price.is_at and verb == Verb.RAISE):
        return False
    return verb == Verb.LOWER or not parts.counts or bool(alike(meaning.name, goods))


def _sold_here(meaning: Meaning, goods: Sequence[Known]) -> Meaning:
    """A price goes to the good of just this name; a name that is only like it is asked about."""
    if not goods:
        return meaning
    names = alike(meaning.name, goods)
    same = [name for name in names if _same(meaning.name, name)]
    if len(same) == 1:
        return replace(meaning, name=same[0])
    if not names and meaning.intent == Intent.PUT_UP:
        return meaning
    won = (meaning.price_won,) if meaning.price_won else ()
    asked = replace(meaning, intent=Intent.ASK, price_won=None, percent=ASKING, doubt=Doubt.WHICH_GOOD)
    return replace(asked, meant=meaning.intent, prices=won, names=tuple(names))


def _same(said: str, name: str) -> bool:
    return jamo(said).replace(" ", "") == jamo(name).replace(" ", "")


def _percent(meaning: Meaning, parts: _Parts) -> int:
    percent = SURE
    percent -= 0 if is_known(meaning.name) else _UNKNOWN_NAME
    percent -= 0 if parts.prices[0].has_won else _NO_WON
    return percent - (0 if parts.counts else _NO_COUNT)


def _asking(meaning: Meaning, doubt: Doubt, parts: _Parts, meant: Intent) -> Meaning:
    readings = dict.fromkeys(won for price in parts.prices for won in price.readings if can_be(won))
    return replace(meaning, intent=Intent.ASK, percent=ASKING, doubt=doubt, meant=meant, prices=tuple(readings))


def _ask(doubt: Doubt) -> Meaning:
    return Meaning(Intent.ASK, doubt=doubt, percent=ASKING if doubt != Doubt.NOTHING_SAID else 0)
