"""What a customer wants to say."""

from __future__ import annotations

from dataclasses import dataclass

from jangteo.domains.catalog.photo_sizes import Sizes


@dataclass(frozen=True, slots=True)
class WantedReview:
    """`words` may be empty: three faces are enough. `photos` are ready to be kept."""

    stars: int
    words: str = ""
    photos: tuple[Sizes, ...] = ()


@dataclass(frozen=True, slots=True)
class Purchase:
    """What the review is about: a stall's part of an order, or a sale at the counter; with `good_id` one thing of it.

    `user_id` is the account of whoever writes, None for a guest with the order's link.
    """

    part_id: int | None = None
    sale_id: int | None = None
    good_id: int | None = None
    user_id: int | None = None


@dataclass(frozen=True, slots=True)
class WantedEvent:
    """`winners` count for a draw only. Moments are aware."""

    name: str
    kind: str
    winners: int
    coupon_id: int
    prize: str
    days: int
