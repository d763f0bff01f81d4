"""What people asked about their data, and who looked at whose, as people read it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Max, Q, Sum

from jangteo.domains.markets.models import Market
from jangteo.domains.people.models import User
from jangteo.domains.regulars.privacy_models import Deletion, ForgottenHere, Look, LookReview, SignIn, TakeOut
from jangteo.domains.regulars.rules import UNMASKED_FOR, months_later
from jangteo.domains.regulars.spans import month_bounds
from jangteo.kernel import clock
from jangteo.kernel.personal import Person
from jangteo.kernel.tenancy import unscoped

PAGE = 50
# The job that forgets comes round every ten minutes: what is later than this waits for somebody.
HELD_UP_AFTER = timedelta(hours=1)


def person_of(user: User) -> Person:
    """Whose data it is: by the account, and by its number once that is proven."""
    return Person(user.pk, (user.phone or "") if user.phone_verified else "")


def real_markets() -> list[Market]:
    """Every market that runs here; what people practise belongs to nobody."""
    return list(Market.objects.filter(state=Market.State.OPEN).order_by("pk"))


def markets_with_people() -> list[Market]:
    """Every market that runs here or ran: what it knows of people ends in time, also when it has closed."""
    return list(Market.objects.exclude(state=Market.State.LISTED).order_by("pk"))


def open_deletion(user_id: int) -> Deletion | None:
    """What this person has asked for and what is not over, wherever it was asked, its market loaded."""
    with unscoped():
        asked = Deletion.objects.filter(user_id=user_id, state=Deletion.State.ASKED)
        return asked.select_related("market").first()


def deletion_by_token(token: str) -> Deletion | None:
    """The deletion that a proof's link opens."""
    return Deletion.objects.filter(token=token).first()


def deletions(*, is_open: bool, most: int = PAGE) -> list[Deletion]:
    """Those of the market in scope: open ones by their deadline, else the newest that are over."""
    if is_open:
        return list(Deletion.objects.filter(state=Deletion.State.ASKED).order_by("answer_by", "pk")[:most])
    return list(Deletion.objects.exclude(state=Deletion.State.ASKED).order_by("-ended_at", "-pk")[:most])


def held_up_deletions() -> int:
    """How many of the market in scope should have been forgotten by now and wait for something that is not over."""
    held_up = Deletion.objects.filter(state=Deletion.State.ASKED, erase_after__lt=clock.now() - HELD_UP_AFTER)
    return held_up.count()


def due_deletions() -> list[Deletion]:
    """Those of every market whose time to think is over, oldest first."""
    with unscoped():
        due = Deletion.objects.filter(state=Deletion.State.ASKED, erase_after__lte=clock.now())
        return list(due.select_related("market", "user").order_by("pk"))


def forgotten_for(deletion: Deletion) -> list[ForgottenHere]:
    """What each market has forgotten for it."""
    with unscoped():
        return list(ForgottenHere.objects.filter(deletion=deletion).order_by("pk"))


def newest_take_out(user_id: int) -> TakeOut | None:
    """The file that this person asked for last, without its content."""
    return TakeOut.objects.filter(user_id=user_id).defer("content").order_by("-pk").first()


def take_out_of(user_id: int, token: str) -> TakeOut | None:
    """A file with its content, for nobody but its person."""
    return TakeOut.objects.filter(user_id=user_id, token=token).first()


def content_now(take_out: TakeOut) -> bytes | None:
    """The file, as long as it lives; None before and after."""
    if take_out.expires_at is None or take_out.expires_at <= clock.now() or take_out.content is None:
        return None
    return bytes(take_out.content)


@dataclass(frozen=True, slots=True)
class MonthOfLooks:
    """A month's access records in numbers, and whether a manager has gone through them."""

    month: date
    looks: int
    people: int
    reasons: int
    review: LookReview | None

    @property
    def is_over(self) -> bool:
        return months_later(self.month, 1) <= clock.calendar_day()


def month_of_looks(month: date) -> MonthOfLooks:
    """Two queries."""
    start, end = month_bounds(month)
    rows = Look.objects.filter(at__gte=start, at__lt=end)
    sums = rows.aggregate(looks=Count("pk"), people=Sum("people"), reasons=Count("pk", filter=~Q(reason="")))
    review = LookReview.objects.filter(month=month).first()
    return MonthOfLooks(month, sums["looks"], sums["people"] or 0, sums["reasons"], review)


@dataclass(frozen=True, slots=True)
class Looker:
    """What one actor looked at in a month."""

    actor_kind: str
    actor_ref: str
    looks: int
    people: int
    reasons: int
    last_at: datetime


def lookers(month: date) -> list[Looker]:
    """Who looked at most first. One query."""
    start, end = month_bounds(month)
    rows = Look.objects.filter(at__gte=start, at__lt=end).values("actor_kind", "actor_ref")
    counted = rows.annotate(
        looks=Count("pk"), seen=Sum("people"), reasons=Count("pk", filter=~Q(reason="")), last_at=Max("at")
    )
    return [
        Looker(row["actor_kind"], row["actor_ref"], row["looks"], row["seen"], row["reasons"], row["last_at"])
        for row in counted.order_by("-looks", "actor_ref")
    ]


def looks_of_month(month: date, *, only_reasons: bool, before_id: int | None = None, most: int = PAGE) -> list[Look]:
    """Newest first; `before_id` continues where a page ended."""
    start, end = month_bounds(month)
    rows = Look.objects.filter(at__gte=start, at__lt=end)
    if only_reasons:
        rows = rows.exclude(reason="")
    if before_id is not None:
        rows = rows.filter(pk__lt=before_id)
    return list(rows.order_by("-pk")[:most])


def unreviewed_month() -> date | None:
    """The month before this one where it has looks that nobody has gone through. One query."""
    month = months_later(clock.calendar_day().replace(day=1), -1)
    start, end = month_bounds(month)
    seen = Look.objects.filter(at__gte=start, at__lt=end)
    return month if seen.exists() and not LookReview.objects.filter(month=month).exists() else None


def is_unmasked(actor_ref: str, subject: str) -> bool:
    """Whether this actor has just said why they need to see it. One query."""
    since = clock.now() - UNMASKED_FOR
    return Look.objects.filter(subject=subject, actor_ref=actor_ref, at__gte=since).exclude(reason="").exists()


def looks_at(subjects: Iterable[str], most: int = PAGE) -> list[Look]:
    """Who looked at these things ("order:12") one by one, newest first."""
    return list(Look.objects.filter(subject__in=list(subjects)).order_by("-at")[:most])


def sign_ins_of(user_id: int, most: int = 10) -> list[SignIn]:
    """When the account came in here, newest first."""
    return list(SignIn.objects.filter(user_id=user_id).order_by("-at")[:most])


def known_people() -> int:
    """How many people this installation knows by their number."""
    return User.objects.filter(phone__isnull=False).count()
