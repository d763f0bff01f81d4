"""Goods from a photo, and from a hand-written board, on one phone."""

from __future__ import annotations

import base64
from io import BytesIO
from itertools import chain

import pytest
from PIL import Image
from playwright.sync_api import FilePayload, expect

from jangteo.domains.catalog.actions.put_up_good import NewGood, put_up_good
from jangteo.domains.catalog.actions.set_sale_state import set_sale_state
from jangteo.domains.catalog.models import Good
from jangteo.domains.catalog.tests import pictures
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.journeys.phone import Phone, Phones
from tests.journeys.steps import at_the_stall
from tests.journeys.town import Town
from tests.real_data import real_data

NEW, NAME = "/stall/goods/new/", "깍두기"
MOST_SENT = 350_000
TAPS = 4
HELD_UPRIGHT = 6
TRACES = (b"SECRET", b"Exif", b"http://ns.adobe.com", b"Photoshop")
REAL = ("Fruit__Banana__Banana_005.jpg", "Fruit__Kiwi__Kiwi_011.jpg", "Fruit__Orange__Orange_054.jpg")
UNREADABLE = "사진을 열 수 없어요. 다른 사진을 고르거나 다시 찍어 주세요."
REFUSED = (
    (pictures.png_bomb(), UNREADABLE),
    (pictures.SVG, UNREADABLE),
    (pictures.jpeg(pictures.quarters((640, 480)))[:-500], UNREADABLE),
    # Passed on by somebody, who called it .jpg.
    (pictures.HEIC, "열 수 없는 HEIC 사진이에요. ‘사진 찍기’로 다시 찍거나"),
)
# The colour in the middle of each quarter of what is shown, as one reads.
QUARTERS = """(canvas) => {
  const pen = canvas.getContext("2d");
  const at = (x, y) => [...pen.getImageData(canvas.width * x, canvas.height * y, 1, 1).data.slice(0, 3)];
  return [at(.25, .25), at(.75, .25), at(.25, .75), at(.75, .75)];
}"""
# What the form is about to send.
TO_SEND = """async (field) => {
  const reader = new FileReader();
  reader.readAsDataURL(await field.blob());
  await new Promise((done) => { reader.onload = done; });
  return reader.result;
}"""


def camera_file(content: bytes) -> FilePayload:
    return {"name": "IMG_0001.jpg", "mimeType": "image/jpeg", "buffer": content}


def photo_to_send(stall: Phone) -> bytes:
    """The photo as the form is about to send it."""
    address = stall.page.locator("photo-field").evaluate(TO_SEND)
    return base64.b64decode(address.partition(",")[2])


def shoot(stall: Phone, content: bytes) -> None:
    """A tap on 사진 찍기; the camera's own button is not ours to count."""
    with stall.page.expect_file_chooser() as camera:
        stall.tap(stall.page.get_by_label("사진 찍기"))
    camera.value.set_files(camera_file(content))
    expect(stall.page.locator("photo-field:not([aria-busy]) canvas")).to_be_visible()


def quarters_of(content: bytes) -> list[list[int]]:
    """The same as `QUARTERS`, of a file."""
    small = Image.open(BytesIO(content)).convert("RGB").resize((4, 4), Image.Resampling.BOX).tobytes()
    return [list(small[place : place + 3]) for place in (0, 9, 36, 45)]


def off_colour(found: list[list[int]]) -> int:
    """How far the colours are from what was photographed."""
    wanted = [pictures.RED, pictures.GREEN, pictures.BLUE, pictures.YELLOW]
    tones = zip(chain.from_iterable(found), chain.from_iterable(wanted), strict=True)
    return max(abs(one - other) for one, other in tones)


def sold_before(town: Town) -> None:
    """The stall has sold it once, and has put it away."""
    stall = town.world.stranger
    new = NewGood(
        stall_id=stall.pk,
        kind_id=stall.kind_id,
        name=NAME,
        unit="한 봉지",
        origin="국산",
        price_won=5_000,
        tax="taxable",
        picture="kkakdugi",
    )
    put_away(town, put_up_good(market=town.world.market, actor=SYSTEM, new=new))


def goods_called(town: Town, name: str) -> list[Good]:
    with in_market(town.world.market.pk):
        goods = Good.objects.filter(stall=town.world.stranger, name=name).exclude(state=Good.State.HIDDEN)
        return list(goods.order_by("-pk"))


def put_away(town: Town, *goods: Good) -> None:
    for good in goods:
        set_sale_state(market=town.world.market, actor=SYSTEM, good_id=good.pk, state=Good.State.HIDDEN)


@pytest.mark.rule(18, 28)
def test_rules_18_28_a_photo_is_four_taps_and_leaves_small_and_silent(town: Town, phone: Phones) -> None:
    sold_before(town)
    upload = pictures.busy_photo()
    stall = at_the_stall(town, phone, town.world.stranger)

    stall.follow("물건 올리기")
    shoot(stall, upload)
    stall.press(f"{NAME} 한 봉지")
    stall.fill("얼마인가요?", "5500")
    photo = photo_to_send(stall)
    with stall.page.expect_request(lambda request: request.method == "POST" and NEW in request.url) as sent:
        stall.tap(stall.page.get_by_role("button", name="올리기", exact=True).last)
    expect(stall.see(f"{NAME}, 올렸어요")).to_be_visible()

    leaving = int(sent.value.all_headers()["content-length"])
    [good] = goods_called(town, NAME)
    put_away(town, good)
    assert stall.taps == TAPS
    assert b"SECRETPHONE" in upload
    assert len(upload) > 1_000_000
    assert len(photo) < leaving <= MOST_SENT
    assert b"SECRET" not in photo
    assert b"Exif" not in photo
    assert (good.price_won, good.origin) == (5_500, "국산")
    expect(stall.page.locator(f"#good-{good.pk} img.photo")).to_have_js_property("naturalWidth", 320)


def test_a_photo_is_upright_and_moved_by_buttons(town: Town, phone: Phones) -> None:
    stall = at_the_stall(town, phone, town.world.stranger).open(NEW)
    canvas = stall.page.locator("photo-field canvas")

    for orientation in range(1, 9):
        # The way most phones are held is tried at the size that they take.
        size = pictures.TWELVE_MEGAPIXELS if orientation == HELD_UPRIGHT else (640, 480)
        shoot(stall, pictures.jpeg(pictures.quarters(size), orientation))
        leaving = photo_to_send(stall)
        assert off_colour(canvas.evaluate(QUARTERS)) < 30, orientation
        assert off_colour(quarters_of(leaving)) < 30, orientation
        assert len(leaving) <= MOST_SENT
        assert not [trace for trace in TRACES if trace in leaving]

    stall.page.get_by_text("사진 다듬기").click()
    for _ in range(5):
        stall.press("크게")
        stall.page.get_by_role("button", name="왼쪽").press("Enter")
    # The picture has gone to the left, so the left half shows what was right of the middle.
    assert canvas.evaluate(QUARTERS)[0][1] > canvas.evaluate(QUARTERS)[0][0]


def test_real_photos_leave_small_and_silent(town: Town, phone: Phones) -> None:
    stall = at_the_stall(town, phone, town.world.stranger).open(NEW)
    for name in REAL:
        shoot(stall, real_data(f"photos/{name}").read_bytes())
        leaving = photo_to_send(stall)

        assert len(leaving) <= MOST_SENT
        assert not [trace for trace in TRACES if trace in leaving]
        assert Image.open(BytesIO(leaving)).size == (1280, 960)


def test_what_is_no_photo_is_refused_on_the_phone_and_the_photo_before_stays(town: Town, phone: Phones) -> None:
    stall = at_the_stall(town, phone, town.world.stranger).open(NEW)
    shoot(stall, pictures.jpeg(pictures.quarters((640, 480))))
    before = photo_to_send(stall)

    for content, words in REFUSED:
        shoot(stall, content)
        expect(stall.see(words)).to_be_visible()
        assert photo_to_send(stall) == before
        shoot(stall, pictures.jpeg(pictures.quarters((640, 480))))
        expect(stall.page.locator("[data-trouble]")).to_be_hidden()


@pytest.mark.rule(28)
def test_rule_28_a_line_that_breaks_keeps_photo_and_form_on_the_phone(town: Town, phone: Phones) -> None:
    stall = at_the_stall(town, phone, town.world.stranger, line_breaks=True).open(NEW)
    shoot(stall, pictures.jpeg(pictures.quarters((640, 480)), 6))
    stall.fill("무슨 물건인가요?", "물김치")
    stall.fill("다르게 팔면 적어 주세요", "1통")
    stall.fill("얼마인가요?", "9000")
    stall.page.locator(".ask", has_text="국산").click()

    stall.page.context.set_offline(True)
    stall.tap(stall.page.get_by_role("button", name="올리기", exact=True).last)
    expect(stall.see("사진과 값은 이 전화기에 있고")).to_be_visible()
    expect(stall.page.locator("#unsent b").first).to_have_text("물김치")
    assert goods_called(town, "물김치") == []

    stall.page.context.set_offline(False)
    expect(stall.see("기다리던 물건을 올렸어요")).to_be_visible()
    stall.open(NEW)
    expect(stall.page.locator("#unsent")).to_be_hidden()
    [good] = goods_called(town, "물김치")
    put_away(town, good)
    assert len(good.photo) == 22


def test_a_board_stays_beside_its_list_and_on_the_phone(town: Town, phone: Phones) -> None:
    stall = at_the_stall(town, phone, town.world.stranger).open("/stall/goods/sheet/")
    posts: list[int] = []
    stall.page.on("request", lambda request: posts.append(len(request.post_data_buffer or b"")))
    stall.page.get_by_label("값 적은 판 찍기").set_input_files(
        camera_file(pictures.jpeg(pictures.quarters((1600, 1200))))
    )
    expect(stall.page.locator("[data-look] img")).to_be_visible()

    stall.press("배추김치")
    keys = stall.page.keyboard
    keys.type("12500")
    keys.press("Enter")
    for text in ("동치미", "1통", "8000"):
        keys.type(text)
        if text != "8000":
            keys.press("Enter")
    stall.press("바뀌는 것 보기")
    expect(stall.see("이대로 할까요?")).to_be_visible()
    expect(stall.page.locator("[data-look] img")).to_be_visible()
    stall.page.locator(".ask", has_text="국산").click()
    stall.press("네, 이대로 할게요")
    expect(stall.see("1가지 값을 바꾸고 1가지를 올렸어요")).to_be_visible()
    assert goods_called(town, "배추김치")[0].price_won == 12_500

    stall.press("되돌리기")
    expect(stall.see("모두 되돌렸어요")).to_be_visible()
    assert goods_called(town, "배추김치")[0].price_won == 12_000
    assert goods_called(town, "동치미") == []
    assert max(posts) < 5_000
