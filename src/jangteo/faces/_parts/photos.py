"""The address of a photo, and the file behind it."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from jangteo.domains.catalog import photo_files
from jangteo.domains.catalog.photo_sizes import LARGE, SMALL

# A photo never changes under its name.
FOREVER = "public, max-age=31536000, immutable"
SIDES = {"large": LARGE, "small": SMALL}


def photo_url(name: str, size: str) -> str:
    """`size` is "large" or "small"."""
    return reverse("photo", args=[f"{name}.{size}"])


@require_safe
def photo(request: HttpRequest, name: str) -> HttpResponseBase:
    """Anybody's to see who has its name, which cannot be guessed; kept for a year by browsers."""
    photo_name, _dot, size = name.partition(".")
    try:
        content = photo_files.file_of(photo_name, size).open("rb")
    except (ValueError, FileNotFoundError) as gone:
        raise Http404 from gone
    return FileResponse(content, content_type="image/webp", headers={"Cache-Control": FOREVER})
