"""A message sent to oneself, to see how it looks. Outside every transaction."""

from __future__ import annotations

import re
from datetime import timedelta

from jangteo.domains.campaigns import outside
from jangteo.domains.campaigns.actions.note_test import note_test
from jangteo.domains.campaigns.errors import NoTestPossible, NotWhilePractising
from jangteo.domains.campaigns.kinds import Channel
from jangteo.domains.campaigns.ports import Left, Outgoing, TextsUnknown
from jangteo.domains.campaigns.prices import size_of
from jangteo.domains.campaigns.queries_people import terms_of
from jangteo.domains.campaigns.reach import Message, example
from jangteo.kernel import ids
from jangteo.kernel.audit import Actor
from jangteo.kernel.limits import check_rate

MOST_AN_HOUR = 5
_MOBILE = re.compile(r"01[0-9]{8,9}")


def try_out(*, message: Message, actor: Actor, number: str) -> None:
    """Text it to this number as customers will get it. Raises NotWhilePractising, NoTestPossible, TooOften."""
    market, letters = message.market, outside.current().letters
    if market.is_practice:
        raise NotWhilePractising
    to = "".join(letter for letter in number if letter.isdigit())
    if letters is None or not _MOBILE.fullmatch(to):
        raise NoTestPossible
    check_rate(f"message test:{market.pk}:{actor.ref}", most=MOST_AN_HOUR, window=timedelta(hours=1))
    terms = terms_of(market)
    text, key = example(message, Channel.SMS, terms), f"test:{ids.new_token()}"
    try:
        (answer,) = letters.send_many([Outgoing(key, to, text)])
    except (TextsUnknown, ValueError):
        raise NoTestPossible from None
    if answer.left is not Left.LEFT:
        raise NoTestPossible
    cost = terms.per_100(size_of(Channel.SMS, text))
    note_test(market=market, actor=actor, key=key, text=text, cost_per_100=cost)
