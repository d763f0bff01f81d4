from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from jangteo.domains.catalog.errors import PhotoBroken, PhotoHeic, PhotoNotOne, PhotoRefused, PhotoTooBig
from jangteo.domains.catalog.photo_sizes import LARGE_BYTES, MOST_BYTES, SMALL_BYTES, sizes_of
from jangteo.domains.catalog.tests import pictures
from tests.real_data import real_data

TWO_PHOTOS = ("Fruit__Banana__Banana_005.jpg", "Fruit__Apple__Royal-Gala__Royal-Gala_015.jpg")


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


def corners(image: Image.Image) -> list[tuple[int, ...]]:
    """The colours of the four quarters, as one reads."""
    width, height = image.size
    places = [(x, y) for y in (height // 4, height * 3 // 4) for x in (width // 4, width * 3 // 4)]
    return [tuple(image.convert("RGB").getpixel(place)) for place in places]  # type: ignore[arg-type] # RGB: a tuple


def near(found: tuple[int, ...], wanted: tuple[int, ...]) -> bool:
    return all(abs(one - other) < 30 for one, other in zip(found, wanted, strict=True))


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_is_upright_however_the_phone_was_held(orientation: int) -> None:
    sizes = sizes_of(pictures.jpeg(pictures.quarters(), orientation))

    for content in (sizes.large, sizes.small):
        found = corners(opened(content))
        wanted = [pictures.RED, pictures.GREEN, pictures.BLUE, pictures.YELLOW]
        assert all(near(one, other) for one, other in zip(found, wanted, strict=True)), found


def test_twelve_megapixels_become_two_small_files_that_say_nothing() -> None:
    upload = pictures.busy_photo()

    sizes = sizes_of(upload)

    assert b"SECRETPHONE" in upload
    assert len(upload) > 1_000_000
    assert (opened(sizes.large).size, opened(sizes.small).size) == ((800, 600), (320, 240))
    assert len(sizes.large) <= LARGE_BYTES
    assert len(sizes.small) <= SMALL_BYTES
    for content in (sizes.large, sizes.small):
        assert opened(content).format == "WEBP"
        assert not {"exif", "xmp", "icc_profile", "comment"} & opened(content).info.keys()
        assert b"SECRET" not in content
        assert b"010-0000" not in content


@pytest.mark.parametrize("name", TWO_PHOTOS)
def test_real_photos_are_kept(name: str) -> None:
    sizes = sizes_of(real_data(f"photos/{name}").read_bytes())

    assert opened(sizes.large).size == (800, 600)
    assert len(sizes.large) + len(sizes.small) <= LARGE_BYTES + SMALL_BYTES


def test_a_see_through_drawing_stands_on_rice_white() -> None:
    box = io.BytesIO()
    Image.new("RGBA", (400, 300), (0, 0, 0, 0)).save(box, "PNG")

    assert near(corners(opened(sizes_of(box.getvalue()).large))[0], (247, 247, 242))


def test_an_upright_photo_is_cut_around_its_middle() -> None:
    tall = Image.new("RGB", (900, 1600), pictures.BLUE)
    tall.paste(pictures.RED, (0, 500, 900, 1100))

    assert all(near(one, pictures.RED) for one in corners(opened(sizes_of(pictures.jpeg(tall)).large)))


def cut(upload: bytes) -> bytes:
    return upload[: len(upload) // 2]


def many_scans() -> bytes:
    return pictures.jpeg(pictures.quarters((80, 60))) + b"\xff\xda" * 100


def too_many_pixels() -> bytes:
    """The size is only claimed: nothing of it is there, and nothing of it is looked for."""
    upload = bytearray(pictures.jpeg(pictures.quarters((80, 60))))
    frame = upload.index(b"\xff\xc0")
    upload[frame + 5 : frame + 9] = (9_000).to_bytes(2, "big") + (9_000).to_bytes(2, "big")
    return bytes(upload)


@pytest.mark.parametrize(
    ("upload", "why"),
    [
        (pictures.png_bomb(), PhotoTooBig),
        (pictures.png_bomb(8_000), PhotoTooBig),
        (too_many_pixels(), PhotoTooBig),
        (many_scans(), PhotoTooBig),
        (bytes(MOST_BYTES + 1), PhotoTooBig),
        (cut(pictures.jpeg(pictures.quarters())), PhotoBroken),
        (pictures.HEIC, PhotoHeic),
        (pictures.SVG, PhotoNotOne),
        (b"GIF89a" + bytes(50), PhotoNotOne),
        (b"%PDF-1.7", PhotoNotOne),
        (b"", PhotoNotOne),
        (b"\xff\xd8\xff", PhotoNotOne),
    ],
    ids=["bomb", "large png", "claims", "scans", "bytes", "truncated", "heic", "svg", "gif", "pdf", "nothing", "start"],
)
def test_what_is_no_photo_is_refused_with_its_reason(upload: bytes, why: type[PhotoRefused]) -> None:
    with pytest.raises(PhotoRefused) as no:
        sizes_of(upload)

    assert type(no.value) is why


@pytest.mark.filterwarnings("ignore::UserWarning")
@settings(max_examples=25)
@given(st.data())
def test_whatever_is_broken_is_kept_or_refused_and_nothing_else(data: st.DataObject) -> None:
    upload = bytearray(pictures.jpeg(pictures.quarters((80, 60)), 6))
    for place in data.draw(st.lists(st.integers(0, len(upload) - 1), max_size=6)):
        upload[place] = data.draw(st.integers(0, 255))
    try:
        sizes = sizes_of(bytes(upload))
    except PhotoRefused:
        return
    assert opened(sizes.large).size == (800, 600)


def test_the_same_upload_is_known_again() -> None:
    upload, other = pictures.jpeg(pictures.quarters((80, 60))), pictures.jpeg(pictures.quarters((84, 63)))

    assert sizes_of(upload).digest == sizes_of(upload).digest != sizes_of(other).digest
