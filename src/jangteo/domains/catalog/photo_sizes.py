"""A photo as a phone sent it becomes two small WebP files with nothing in them but the picture."""

from __future__ import annotations

import hashlib
import io
import threading
from dataclasses import dataclass

from PIL import Image, ImageFilter, ImageOps, UnidentifiedImageError

from jangteo.domains.catalog.errors import PhotoBroken, PhotoHeic, PhotoNotOne, PhotoTooBig

MOST_BYTES = 12_000_000
# A phone's largest camera picture has 50 megapixels. JPEG is read at a fraction of its size, the others are not.
MOST_PIXELS = {"JPEG": 64_000_000, "PNG": 25_000_000, "WEBP": 25_000_000}
# Each scan of a progressive JPEG goes over all pixels again; cameras and browsers write ten or so.
MOST_SCANS = 64
LARGE, SMALL = (800, 600), (320, 240)
WHOLE = (900, 1200)
# What a page's first pictures may weigh together is 80 kB: one large, or six small ones.
LARGE_BYTES, SMALL_BYTES = 76_000, 13_000
# What lies behind a see-through picture: the rice white of the pages.
GROUND = (247, 247, 242)
_QUALITIES = (82, 74, 66, 58, 50, 40, 30)
_HEIC_BRANDS = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1")
_ORIENTATION = 0x0112
_START_OF_SCAN = b"\xff\xda"
# A picture in the making takes a hundred megabytes; two are enough for a market at a time.
_turn = threading.BoundedSemaphore(2)


@dataclass(frozen=True, slots=True)
class Sizes:
    """`large` is 800x600 and `small` 320x240, WebP both; `digest` tells the same upload again."""

    large: bytes
    small: bytes
    digest: str


def sizes_of(upload: bytes) -> Sizes:
    """Turned upright, cut to 4:3 around the middle, encoded anew: nothing of the upload's own bytes is left.

    Raises PhotoTooBig, PhotoHeic, PhotoNotOne (what is no photo), PhotoBroken (what ends too early).
    """
    if len(upload) > MOST_BYTES:
        raise PhotoTooBig(most_mb=MOST_BYTES // 1_000_000)
    if upload[4:8] == b"ftyp" and upload[8:12] in _HEIC_BRANDS:
        raise PhotoHeic
    with _turn, _opened(upload) as image:
        upright = _upright(image)
        large = ImageOps.fit(upright, LARGE, Image.Resampling.LANCZOS)
        small = ImageOps.fit(large, SMALL, Image.Resampling.LANCZOS)
        return Sizes(_encoded(large, LARGE_BYTES), _encoded(small, SMALL_BYTES), hashlib.sha256(upload).hexdigest())


def whole_of(upload: bytes) -> Sizes:
    """The same with nothing cut off, to be read rather than looked at: at most 900x1200 and 320x240."""
    if len(upload) > MOST_BYTES:
        raise PhotoTooBig(most_mb=MOST_BYTES // 1_000_000)
    with _turn, _opened(upload) as image:
        large = ImageOps.contain(_upright(image), WHOLE, Image.Resampling.LANCZOS)
        small = ImageOps.contain(large, SMALL, Image.Resampling.LANCZOS)
        return Sizes(_encoded(large, LARGE_BYTES), _encoded(small, SMALL_BYTES), hashlib.sha256(upload).hexdigest())


def _opened(upload: bytes) -> Image.Image:
    """The picture with its size checked and not a pixel decoded."""
    try:
        image = Image.open(io.BytesIO(upload), formats=list(MOST_PIXELS))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise PhotoTooBig(most_mb=MOST_BYTES // 1_000_000) from bomb
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as unknown:
        raise PhotoNotOne from unknown
    if image.width * image.height > MOST_PIXELS[image.format or "PNG"] or upload.count(_START_OF_SCAN) > MOST_SCANS:
        image.close()
        raise PhotoTooBig(most_mb=MOST_BYTES // 1_000_000)
    return image


def _upright(image: Image.Image) -> Image.Image:
    turn = _turns.get(_orientation(image))
    # A JPEG is decoded at the smallest eighth that is still large enough, which saves most of time and memory.
    image.draft("RGB", (LARGE[0] * 2, LARGE[0] * 2))
    try:
        image.load()
    except (OSError, ValueError, SyntaxError, MemoryError) as torn:
        raise PhotoBroken from torn
    plain = _on_ground(image)
    return plain if turn is None else plain.transpose(turn)


def _orientation(image: Image.Image) -> int:
    """What the camera says of how it was held, 1 (as it is) where it says nothing that can be read."""
    try:
        said = image.getexif().get(_ORIENTATION, 1)
    except (OSError, ValueError, SyntaxError, KeyError, TypeError):
        return 1
    return said if isinstance(said, int) else 1


def _on_ground(image: Image.Image) -> Image.Image:
    if image.mode not in ("RGBA", "LA", "PA") and "transparency" not in image.info:
        return image.convert("RGB")
    clear = image.convert("RGBA")
    ground = Image.new("RGB", clear.size, GROUND)
    ground.paste(clear, mask=clear.getchannel("A"))
    return ground


def _encoded(image: Image.Image, most_bytes: int) -> bytes:
    """WebP, as good as it fits into `most_bytes`; what has too much in it for that is softened."""
    for quality in _QUALITIES:
        box = io.BytesIO()
        image.save(box, "WEBP", quality=quality, method=4)
        if box.tell() <= most_bytes:
            return box.getvalue()
    return _encoded(image.filter(ImageFilter.GaussianBlur(2)), most_bytes)


_turns = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
