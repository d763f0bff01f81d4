"""Reviews on the customer's screens: what may be written about, the form, and what was said of a stall."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from jangteo.domains.markets.models import Market, Stall
from jangteo.domains.ordering.queries import OrderView, PartView
from jangteo.domains.ordering.states import PartState
from jangteo.domains.reviews.models import Review
from jangteo.domains.reviews.queries import (
    Ratings,
    ratings_of_stall,
    review_by_token,
    review_of_purchase,
    reviews_of_parts,
    shown_reviews,
)
from jangteo.domains.reviews.queries_events import running_event
from jangteo.domains.reviews.states import ReviewState
from jangteo.domains.reviews.wanted import Purchase, WantedReview
from jangteo.faces._parts.given_photos import given_photos
from jangteo.faces.shop.customer import user_id_of
from jangteo.kernel import clock
from jangteo.kernel.errors import Refused

MOST_TYPED = 20_000


def standing_review(purchase: Purchase) -> Review | None:
    """What was written about this and not taken back."""
    found = review_of_purchase(purchase)
    return None if found is None or found.state == ReviewState.DELETED else found


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing that a review can be about; `good_id` "" is the stall itself."""

    good_id: str
    words: str


@dataclass(frozen=True, slots=True)
class After:
    """What stands below a part of an order that the customer has: the review that was written, or None."""

    part: PartView
    review: Review | None


def afters(view: OrderView) -> list[After]:
    """The parts that were handed over. One statement, none while nothing was."""
    handed = [part for part in view.parts if part.state == PartState.HANDED_OVER]
    if not handed:
        return []
    said = {review.part_id: review for review in reversed(reviews_of_parts([part.id for part in handed]))}
    return [After(part, said.get(part.id)) for part in handed]


def part_or_404(view: OrderView, part_id: int) -> PartView:
    part = next((part for part in view.parts if part.id == part_id), None)
    if part is None:
        raise Http404(part_id)
    return part


def things_of(part: PartView) -> list[Thing]:
    """The stall first; goods once each."""
    goods = {str(line.good_id): line.name for line in part.lines}
    return [Thing("", _("가게 모두")), *(Thing(good_id, name) for good_id, name in goods.items())]


def purchase_of(part: PartView, told: Mapping[str, str], request: HttpRequest) -> Purchase:
    """What was chosen of `things_of`; whatever else is sent is the stall itself."""
    good_id = told.get("good", "")
    known = {thing.good_id for thing in things_of(part)} - {""}
    return Purchase(part_id=part.id, good_id=int(good_id) if good_id in known else None, user_id=user_id_of(request))


@dataclass(slots=True)
class ReviewForm:
    """What was typed stays as it was typed, whatever is wrong with it. `field` is where the error belongs."""

    stars: str = ""
    words: str = ""
    good: str = ""
    error: str = ""
    field: str = ""

    @classmethod
    def of(cls, told: Mapping[str, str]) -> ReviewForm:
        return cls(told.get("stars", "")[:1], told.get("words", "")[:MOST_TYPED], told.get("good", "")[:20])

    @property
    def chosen(self) -> int:
        return int(self.stars) if self.stars.isascii() and self.stars.isdigit() else 0

    def refused(self, no: Refused, words: str) -> ReviewForm:
        places = {"reviews.bad_stars": "stars", "reviews.words_too_long": "words", "reviews.too_many_photos": "photos"}
        self.error, self.field = words, places.get(no.code, "all")
        return self


def wanted_of(request: HttpRequest, form: ReviewForm) -> WantedReview | None:
    """None with the reason in the form where a photo cannot be read."""
    given = given_photos(request)
    if given.error:
        form.error, form.field = given.error, "photos"
        return None
    return WantedReview(form.chosen, form.words, given.sizes)


def form_facts(request: HttpRequest, form: ReviewForm, stall: Stall, things: list[Thing]) -> dict[str, object]:
    """What the form's page shows; an event is told before anybody writes, and that stars do not count for it."""
    event, user_id = running_event(clock.now()), user_id_of(request)
    return {"form": form, "stall": stall, "things": things, "event": event, "is_known": user_id is not None}


def own_review_or_404(token: str) -> Review:
    """The writer's own. Raises Http404 for a stranger's guess, and for one that was deleted."""
    review = review_by_token(token.replace("\x00", ""))
    if review is None:
        raise Http404(token)
    return review


def own_url(market: Market, review: Review) -> str:
    return reverse("own_review", args=[market.slug, review.token])


def said_of_stall(stall: Stall, good_id: int | None, before: int, most: int) -> tuple[Ratings, list[Review], bool]:
    """Ratings, reviews and whether more follow. Three statements."""
    found = shown_reviews(stall.pk, good_id, before, most)
    return ratings_of_stall(stall.pk), found[:most], len(found) > most
