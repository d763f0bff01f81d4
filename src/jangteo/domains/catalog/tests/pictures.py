"""Photos for tests, as cameras and ill-meaning people make them."""

from __future__ import annotations

import base64
import io
import struct
import zlib
from fractions import Fraction

from PIL import Image, ImageDraw

TWELVE_MEGAPIXELS = (4032, 3024)
RED, GREEN, BLUE, YELLOW = (220, 30, 30), (30, 160, 60), (30, 60, 200), (240, 200, 30)
# Which way the camera has to be turned for its file to come out like the upright picture.
_LAID = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}
GPS = {1: "N", 2: (Fraction(37), Fraction(33), Fraction(57)), 3: "E", 4: (Fraction(126), Fraction(58), Fraction(40))}
# The four quarters in 64 by 48 pixels, with maker and place. Written elsewhere: nothing that we install can do that.
HEIC = base64.b64decode(
    "AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAb5tZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAADRpbG9jAA"
    "AAAERAAAIAAQAAAAAB4gABAAAAAAAAAD0AAgAAAAACHwABAAAAAAAAAKIAAAA4aWluZgAAAAAAAgAAABVpbmZlAgAAAAABAABodmMxAAAAABVp"
    "bmZlAgAAAQACAABFeGlmAAAAAA5waXRtAAAAAAABAAAA/WlwcnAAAADdaXBjbwAAAHZodmNDAQNwAAAAkAAAAAAAHvAA/P34+AAADwNgAAEAGE"
    "ABDAH//wNwAAADAJAAAAMAAAMAHroCQGEAAQAqQgEBA3AAAAMAkAAAAwAAAwAeoCCBBZbq5Ka5uAhoMCAAAAMDIAAAAwAhYgABAAZEAcFzwIkA"
    "AAATY29scm5jbHgAAQANAAaAAAAAFGlzcGUAAAAAAAAAQAAAAEAAAAAoY2xhcAAAAEAAAAABAAAAMAAAAAEAAAAAAAAAAv////AAAAACAAAAEH"
    "BpeGkAAAAAAwgICAAAABhpcG1hAAAAAAAAAAEAAQWBAgMFhAAAABppcmVmAAAAAAAAAA5jZHNjAAIAAQABAAAA521kYXQAAAA5KAGvGYD3hEl/"
    "4Bj9wl+gDNXivv62OpPPn+ayuMxDwQKn8gEilwm2MYmkyRx9J+uFlr7OXY9/lgf4AAAABkV4aWYAAE1NACoAAAAIAAIBDwACAAAADAAAACaIJQ"
    "AEAAAAAQAAADIAAAAAU0VDUkVUUEhPTkUAAAQAAQACAAAAAk4AAAAAAgAFAAAAAwAAAGgAAwACAAAAAkUAAAAABAAFAAAAAwAAAIAAAAAAAAAA"
    "JQAAAAEAAAAhAAAAAQAAADkAAAABAAAAfgAAAAEAAAA6AAAAAQAAACgAAAAB"
)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><rect width="9" height="9"/></svg>'


def quarters(size: tuple[int, int] = (1200, 900)) -> Image.Image:
    """Red, green, blue and yellow: from the top left as one reads."""
    width, height = size
    image = Image.new("RGB", size, RED)
    pen = ImageDraw.Draw(image)
    pen.rectangle((width // 2, 0, width, height // 2), fill=GREEN)
    pen.rectangle((0, height // 2, width // 2, height), fill=BLUE)
    pen.rectangle((width // 2, height // 2, width, height), fill=YELLOW)
    return image


def jpeg(image: Image.Image, orientation: int = 1) -> bytes:
    """As a phone writes it that was held like this: with the place, the maker and a remark in it."""
    turn = _LAID[orientation]
    laid = image if turn is None else image.transpose(turn)
    notes = Image.Exif()
    notes[0x0112], notes[0x010F], notes[0x9286] = orientation, "SECRETPHONE", "010-0000-0000"
    notes.get_ifd(0x8825).update(GPS)
    box = io.BytesIO()
    laid.save(box, "JPEG", quality=90, exif=notes, comment=b"SECRETREMARK")
    return box.getvalue()


def busy_photo(size: tuple[int, int] = TWELVE_MEGAPIXELS) -> bytes:
    """Twelve megapixels with as much to see in them as a market stall: 3 MB."""
    grain = Image.effect_noise((size[0] // 8, size[1] // 8), 90).resize(size, Image.Resampling.BILINEAR)
    return jpeg(Image.blend(quarters(size), grain.convert("RGB"), 0.5))


def png_bomb(side: int = 30_000) -> bytes:
    """A hundred kilobytes that unpack to nearly a gigabyte."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    rows = zlib.compress(bytes((side + 1) * 100))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
