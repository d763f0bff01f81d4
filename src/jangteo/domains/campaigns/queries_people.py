"""Who is meant, and what the gate has to know of them. In their market's scope; a few statements for any number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection

from jangteo.domains.campaigns import outside
from jangteo.domains.campaigns.bought import BOUGHT
from jangteo.domains.campaigns.kinds import Channel, Fate, Move, Purpose
from jangteo.domains.campaigns.models import Consent, CustomerPush, Recipient, Terms
from jangteo.domains.campaigns.rules import CAP_WINDOW, TRADE_DAYS, House, Person, Standing
from jangteo.domains.campaigns.segments import Segment
from jangteo.domains.catalog.models import Good
from jangteo.domains.markets.models import Market, Stall
from jangteo.domains.people import push_senders
from jangteo.domains.people.models import User
from jangteo.kernel import clock
from jangteo.kernel.tenancy import current, is_practice

Said = dict[tuple[Channel, Purpose], Standing]


@dataclass(frozen=True, slots=True)
class Known:
    """One person: how they are reached, and what the gate asks about."""

    user_id: int
    phone: str
    email: str
    pushes: tuple[CustomerPush, ...]
    person: Person


def terms_of(market: Market) -> Terms:
    """The market's own, or the usual ones as long as it has written none down."""
    return Terms.objects.filter(market=market).first() or Terms(market=market)


def house_of(market: Market, terms: Terms) -> House:
    return House(is_practice(market.pk), terms.cap_a_week)


def people_of(segment: Segment, stall_id: int | None) -> list[int]:
    """Accounts that the words fit, of one stall's customers or of the whole market's. One statement."""
    today = clock.today()
    having = ["count(DISTINCT b.day) FILTER (WHERE b.day >= %s) >= %s", "max(b.day) <= %s"]
    values: list[date | int] = [
        today - timedelta(days=segment.within),
        segment.visits,
        today - timedelta(days=segment.least_days_ago),
    ]
    if segment.most_days_ago is not None:
        having.append("max(b.day) >= %s")
        values.append(today - timedelta(days=segment.most_days_ago))
    if segment.first_within is not None:
        having.append("min(b.day) >= %s")
        values.append(today - timedelta(days=segment.first_within))
    market_id = current().market_id
    where, stall = ("", []) if stall_id is None else (" AND b.stall_id = %s", [stall_id])
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH {BOUGHT} SELECT b.user_id FROM bought b JOIN people_user u ON u.id = b.user_id"  # noqa: S608 - values are bound
            f" WHERE u.is_active{where} GROUP BY b.user_id HAVING {' AND '.join(having)} ORDER BY b.user_id",
            [market_id, market_id, *stall, *values],
        )
        return [user_id for (user_id,) in cursor.fetchall()]


def said_by(user_ids: Collection[int]) -> dict[int, Said]:
    """The last word of each about each channel and purpose. One statement."""
    found: dict[int, Said] = defaultdict(dict)
    last = Consent.objects.filter(user_id__in=user_ids).order_by("user_id", "channel", "purpose", "-id")
    for row in last.distinct("user_id", "channel", "purpose"):
        standing = Standing(row.move != Move.WITHDRAWN, row.at)
        found[row.user_id][Channel(row.channel), Purpose(row.purpose)] = standing
    return found


def known_of(user_ids: Collection[int], stall: Stall | None, good: Good | None, terms: Terms) -> dict[int, Known]:
    """All of them as the gate needs them now. Five statements."""
    said, pushes = said_by(user_ids), _pushes(user_ids)
    traded, got = _traded(user_ids, stall, good), _got(user_ids)
    found = {}
    for user in User.objects.filter(pk__in=user_ids, is_active=True):
        own = tuple(pushes.get(user.pk, ()))
        ways = _ways(user, own, terms)
        person = Person(ways, said.get(user.pk, {}), traded.get(user.pk), tuple(got.get(user.pk, ())))
        found[user.pk] = Known(user.pk, user.phone or "", user.email, own, person)
    return found


def known_by_number(phone: str, terms: Terms) -> Known:
    """Whoever left this number: with their browsers where an account has proven it, else by texts alone."""
    user = User.objects.filter(phone=phone, phone_verified=True, is_active=True).first()
    if user is not None:
        return known_of([user.pk], None, None, terms)[user.pk]
    return Known(0, phone, "", (), Person(_ways(User(phone=phone), (), terms)))


def _ways(user: User, pushes: tuple[CustomerPush, ...], terms: Terms) -> frozenset[Channel]:
    senders = outside.current()
    ways = set()
    if pushes and push_senders.current() is not None:
        ways.add(Channel.PUSH)
    if user.email and senders.mails is not None:
        ways.add(Channel.EMAIL)
    if user.phone and senders.letters is not None:
        ways.add(Channel.SMS)
        if terms.profile:
            ways.add(Channel.ALIMTALK)
    return frozenset(ways)


def _pushes(user_ids: Collection[int]) -> dict[int, list[CustomerPush]]:
    found: dict[int, list[CustomerPush]] = defaultdict(list)
    for one in CustomerPush.objects.filter(user_id__in=user_ids).order_by("pk"):
        found[one.user_id].append(one)
    return found


def _got(user_ids: Collection[int]) -> dict[int, list[datetime]]:
    """When news of any stall of the market went to them lately, what is on its way included."""
    found: dict[int, list[datetime]] = defaultdict(list)
    since = clock.now() - CAP_WINDOW
    rows = Recipient.objects.filter(user_id__in=user_ids, claimed_at__gt=since, fate__in=[Fate.CLAIMED, Fate.SENT])
    for user_id, at in rows.values_list("user_id", "claimed_at"):
        if at is not None:
            found[user_id].append(at)
    return found


def _traded(user_ids: Collection[int], stall: Stall | None, good: Good | None) -> dict[int, datetime]:
    """When they last bought the same kind of goods of this very stall; of a market as a whole nobody buys anything."""
    if stall is None or not user_ids:
        return {}
    kind_id = stall.kind_id if good is None else good.kind_id
    lines = (
        "EXISTS (SELECT 1 FROM ordering_line l JOIN catalog_good g ON g.id = l.good_id"
        " WHERE l.part_id = b.part_id AND g.kind_id = %s)"
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH {BOUGHT} SELECT b.user_id, max(b.at) FROM bought b WHERE b.stall_id = %s"  # noqa: S608 - values are bound
            f" AND b.user_id = ANY(%s) AND b.at > %s AND ({lines} OR (b.part_id IS NULL AND %s)) GROUP BY b.user_id",
            [
                stall.market_id,
                stall.market_id,
                stall.pk,
                list(user_ids),
                clock.now() - timedelta(days=TRADE_DAYS),
                kind_id,
                kind_id == stall.kind_id,
            ],
        )
        return dict(cursor.fetchall())
