"""Deadlines of what people may ask about their data, and how long which law keeps what. No database here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

# Between the asking and the forgetting: time to think better of it.
REGRET = timedelta(days=3)
# 개인정보 보호법 시행령 43조, 44조: the answer within ten days.
ANSWER = timedelta(days=10)
TAKE_OUT_LIVES = timedelta(days=1)
# How long ago somebody must have typed their code to take everything out, to delete it, or to change the number.
PROVEN_FOR = timedelta(minutes=15)
# What a device looked at is written down once in so long.
LOOK_AGAIN = timedelta(hours=1)
# How long a manager who gave a reason sees what is masked.
UNMASKED_FOR = timedelta(minutes=10)
MOST_REASON = 100
LEAST_REASON = 2
# 개인정보의 안전성 확보조치 기준 8조: two years of access records where so many people are known.
MANY_PEOPLE = 50_000
# More rows than this are not taken out of the office without a reason.
EXPORT_ASKS = 100


class Keeps(StrEnum):
    """What happens when the time of a rule is over."""

    UNNAMED = "unnamed"  # the row stays for the books, nothing in it leads to a person
    DELETED = "deleted"


class Law(StrEnum):
    """What wants something kept."""

    COMMERCE = "commerce"  # 전자상거래법 시행령 6조
    COMMUNICATIONS = "communications"  # 통신비밀보호법 시행령 41조
    SAFEKEEPING = "safekeeping"  # 개인정보의 안전성 확보조치 기준 8조
    PRIVACY = "privacy"  # 개인정보 보호법 36조


@dataclass(frozen=True, slots=True)
class Retention:
    """How long one kind of thing says whose it is. Exactly one of `years`, `months` and `days` is not 0.

    `law` is what wants it, None where it is our own choice.
    """

    topic: str
    law: Law | None = None
    years: int = 0
    months: int = 0
    days: int = 0
    ends: Keeps = Keeps.DELETED

    def last_day(self, since: date) -> date:
        """The last Korean calendar day on which it is still kept."""
        if self.days:
            return since + timedelta(days=self.days)
        return months_later(since, self.months + 12 * self.years)

    def first_kept(self, today: date) -> date:
        """Things of this day and later are still kept today; what is older has had its time."""
        day = today - timedelta(days=self.days + 32 * self.months + 366 * self.years)
        while self.last_day(day) < today:
            day += timedelta(days=1)
        return day


RULES: Mapping[str, Retention] = {
    rule.topic: rule
    for rule in (
        Retention("orders", Law.COMMERCE, years=5, ends=Keeps.UNNAMED),
        Retention("sales", Law.COMMERCE, years=5, ends=Keeps.UNNAMED),
        Retention("inquiries", Law.COMMERCE, years=3),
        Retention("messages", Law.COMMERCE, months=6, ends=Keeps.UNNAMED),
        Retention("sign_ins", Law.COMMUNICATIONS, months=3),
        Retention("looks", Law.SAFEKEEPING, years=1),
        Retention("looks_of_many", Law.SAFEKEEPING, years=2),
        Retention("proofs", Law.PRIVACY, years=3),
        Retention("cash_receipts", days=30, ends=Keeps.UNNAMED),
        Retention("help_calls", days=90, ends=Keeps.UNNAMED),
        Retention("calls", years=1, ends=Keeps.UNNAMED),
        Retention("events", days=30, ends=Keeps.UNNAMED),
        Retention("errands", days=30, ends=Keeps.UNNAMED),
        Retention("doors", days=14),
        Retention("take_outs", days=1),
    )
}

# What is the person's own: kept until they leave or take it away themselves.
WHILE_MEMBER = frozenset({"account", "programs", "favourites", "coupons", "points", "stamps", "reviews", "consents"})
# How long it is kept stands in what it belongs to, which wipes it by itself: a rebate says its days when it is opened.
SAYS_ITSELF = frozenset({"rebates"})


def months_later(day: date, months: int) -> date:
    """The same day so many months on; the first of the next month where that day does not exist."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    try:
        return date(year, month + 1, day.day)
    except ValueError:
        year, month = divmod(year * 12 + month + 1, 12)
        return date(year, month + 1, 1)


def looks_rule(people: int) -> Retention:
    """How long access records are kept where so many people are known."""
    return RULES["looks_of_many" if people >= MANY_PEOPLE else "looks"]


def answer_by(asked_at: datetime) -> datetime:
    return asked_at + ANSWER


def is_reason(text: str) -> bool:
    """Whether this says anything: words, not a dot."""
    return sum(sign.isalnum() for sign in text) >= LEAST_REASON and len(text) <= MOST_REASON
