"""Where photos lie: `media/photos/ab/abcd….large.webp` below the var folder. A file never changes once it is there."""

from __future__ import annotations

import os
import re
import secrets
from pathlib import Path

from django.conf import settings

from jangteo.domains.catalog.photo_sizes import Sizes

NAME = r"[A-Za-z0-9_-]{22}"
SIZES = ("large", "small")
_NAME = re.compile(NAME)


def file_of(name: str, size: str) -> Path:
    """The file of a photo, there or not. Raises ValueError for what can be no name or size."""
    if not _NAME.fullmatch(name) or size not in SIZES:
        raise ValueError(name)
    return Path(settings.MEDIA_ROOT) / "photos" / name[:2].lower() / f"{name}.{size}.webp"


def write(name: str, sizes: Sizes) -> None:
    """Put both sizes in their place, each whole or not at all."""
    for size, content in (("large", sizes.large), ("small", sizes.small)):
        target = file_of(name, size)
        target.parent.mkdir(parents=True, exist_ok=True)
        half = target.with_name(f".{secrets.token_hex(8)}")
        half.write_bytes(content)
        os.replace(half, target)


def remove(name: str) -> None:
    """Take both sizes away; gone ones are gone."""
    for size in SIZES:
        file_of(name, size).unlink(missing_ok=True)
