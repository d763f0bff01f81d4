"""Screens of photos, and of several goods at once."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from jangteo.domains.catalog.actions.keep_photo import keep_photo
from jangteo.domains.catalog.actions.set_photo import set_photo
from jangteo.domains.catalog.photo_sizes import sizes_of
from jangteo.domains.catalog.tests import pictures
from jangteo.kernel.audit import SYSTEM
from tests.journeys.scenes import Scenes
from tests.journeys.screens import Screen, Who, press, today
from tests.journeys.street import LONG


def with_photo(page: str) -> Screen:
    """A page of the mackerel after it has been given a photo."""

    def address(scenes: Scenes) -> str:
        world = scenes.world
        sizes = sizes_of(pictures.jpeg(pictures.quarters((160, 120))))
        name = keep_photo(market=world.market, actor=SYSTEM, stall_id=world.fish.pk, sizes=sizes)
        set_photo(market=world.market, actor=SYSTEM, good_id=world.mackerel.pk, name=name)
        return page.format(world.mackerel.pk)

    return Screen(Who.SHOPPER if "jangteo" in page else Who.STALL, address, "고등어")


def chosen(page: Page, scenes: Scenes) -> None:
    photo = pictures.jpeg(pictures.quarters((160, 120)))
    album = page.get_by_label("앨범에서 고르기")
    album.set_input_files({"name": "a.jpg", "mimeType": "image/jpeg", "buffer": photo})
    page.get_by_text("사진 다듬기").click()
    expect(page.get_by_role("button", name="돌리기")).to_be_visible()


def written(page: Page, scenes: Scenes) -> None:
    """A price that changes, and a new good with a long name."""
    for number, line in enumerate((("고등어", "1손", "9000"), (LONG, "한 상자에 열두 마리", "1,289,000")), start=1):
        if number > 1:
            press("다음 물건")(page, scenes)
        for label, text in zip(("물건", "얼마큼", "값(원)"), line, strict=True):
            page.get_by_label(f"{label} {number}", exact=True).fill(text)
    press("바뀌는 것 보기")(page, scenes)


SHEET = "/stall/goods/sheet/"
SCREENS = {
    "new good with a photo": today("물건 올리기", path="/stall/goods/new/", then=chosen),
    "photo of a good": with_photo("/stall/goods/{}/photo/"),
    "goods of the stall with a photo": with_photo("/stall/goods/"),
    "good with a photo": with_photo("/jangteo/goods/{}/"),
    "several goods": today("여러 가지 한꺼번에", path=SHEET),
    "several goods with errors": today("한 줄에 하나씩", path=SHEET, then=press("바뀌는 것 보기")),
    "several goods before it is done": today("이대로 할까요?", path=SHEET, then=written),
}
