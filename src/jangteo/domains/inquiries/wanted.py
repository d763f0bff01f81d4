"""What a customer wants to ask."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from jangteo.domains.catalog.photo_sizes import Sizes
from jangteo.domains.inquiries.errors import TooManyPhotos, WordsMissing, WordsTooLong
from jangteo.domains.inquiries.rules import MOST_PHOTOS, MOST_WORDS


@dataclass(frozen=True, slots=True)
class WantedInquiry:
    """About a stall, with `good_id` about one thing of it, with `part_id` about an order. A claim has `why` and lines.

    `asker` is the name as the stall may see it. `key` makes a repeated press the same inquiry.
    """

    stall_id: int
    words: str
    key: str
    good_id: int | None = None
    part_id: int | None = None
    user_id: int | None = None
    asker: str = ""
    why: str = ""
    line_ids: tuple[int, ...] = ()
    photos: tuple[Sizes, ...] = ()
    channel: str = "shop"
    channel_ref: str = ""


def plain(text: str) -> str:
    """Text as it is kept: composed, without invisible characters, at most one empty line in a row."""
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))
    seen = "".join(c for c in composed if c in "\n\u200d" or not unicodedata.category(c).startswith("C"))
    return re.sub(r"\n{3,}", "\n\n", seen).strip()


def checked_words(text: str) -> str:
    """Raises WordsMissing, WordsTooLong."""
    words = plain(text)
    if not words:
        raise WordsMissing
    if len(words) > MOST_WORDS:
        raise WordsTooLong(have=len(words), most=MOST_WORDS)
    return words


def checked_photos(photos: tuple[Sizes, ...]) -> tuple[Sizes, ...]:
    """Raises TooManyPhotos."""
    if len(photos) > MOST_PHOTOS:
        raise TooManyPhotos(most=MOST_PHOTOS)
    return photos
