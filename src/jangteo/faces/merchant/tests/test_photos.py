from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from jangteo.domains.catalog.actions.put_up_good import NewGood, put_up_good
from jangteo.domains.catalog.actions.set_sale_state import set_sale_state
from jangteo.domains.catalog.models import Good, Photo
from jangteo.domains.catalog.tests import pictures
from jangteo.faces._parts import uploads
from jangteo.faces.merchant.guesses import made_of
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.world import World

ADDRESS = "/stall/goods/new/"
SMALL_JPEG = pictures.jpeg(pictures.quarters((160, 120)), 6)


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def photo(content: bytes = SMALL_JPEG) -> SimpleUploadedFile:
    return SimpleUploadedFile("IMG_0001.jpg", content, "image/jpeg")


def told(**changed: object) -> dict[str, object]:
    asked = {"name": "참돔", "unit": "1마리", "sold_by": "piece", "price_won": "15000", "made": "domestic"}
    return {**asked, **changed}


def sea_bream(world: World) -> Good:
    with in_market(world.market.pk):
        return Good.objects.get(name="참돔")


def mackerel(world: World) -> Good:
    with in_market(world.market.pk):
        return Good.objects.get(pk=world.mackerel.pk)


def give(phone: Client, world: World, content: bytes = SMALL_JPEG) -> str:
    """Put a photo on the mackerel and read its name back."""
    phone.post(f"/stall/goods/{world.mackerel.pk}/photo/", {"photo": photo(content)})
    return mackerel(world).photo


def test_a_good_goes_up_with_its_photo_without_scripts(world: World, phone: Client, client: Client) -> None:
    response = phone.post(ADDRESS, told(photo=photo()))

    assert response.status_code == 302
    name = sea_bream(world).photo
    assert f"/photos/{name}.small.webp" in phone.get("/stall/goods/").content.decode()
    page = client.get(f"/jangteo/goods/{sea_bream(world).pk}/").content.decode()
    large = f'<img class="photo" src="/photos/{name}.large.webp" alt="" width="800" height="600" fetchpriority="high">'
    assert large in page


@pytest.mark.rule(23)
def test_lists_show_the_small_photo_lazily(world: World, phone: Client, client: Client) -> None:
    name = give(phone, world)

    page = client.get("/jangteo/goods/").content.decode()

    small = rf'<img class="photo" src="/photos/{name}\.small\.webp" alt="" width="320" height="240" (\w+)="(\w+)">'
    assert [found.groups() for found in re.finditer(small, page)] in (
        [("loading", "lazy")],
        [("fetchpriority", "high")],
    )


def test_a_photo_is_served_for_good_as_what_it_is(world: World, phone: Client, client: Client) -> None:
    name = give(phone, world)

    response = client.get(f"/photos/{name}.small.webp")

    assert response["Content-Type"] == "image/webp"
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response.getvalue()[:4] == b"RIFF"


@pytest.mark.parametrize(
    "path", ["A" * 22 + ".small", "A" * 22 + ".huge", "A" * 22, "A" * 21 + ".small", "..%2Fx.small"]
)
def test_what_is_not_there_is_not_found(world: World, client: Client, path: str) -> None:
    assert client.get(f"/photos/{path}.webp").status_code == 404


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (pictures.HEIC, "HEIC"),
        (pictures.SVG, "사진이 아닌 것 같아요"),
        (pictures.png_bomb(), "사진이 너무 커요"),
        (SMALL_JPEG[:-400], "사진이 다 오지 않았어요"),
    ],
)
def test_what_is_no_photo_is_refused_in_plain_words(world: World, phone: Client, content: bytes, words: str) -> None:
    response = phone.post(ADDRESS, told(photo=photo(content)))

    page = response.content.decode()
    assert response.status_code == 422
    assert words in page
    assert 'value="참돔"' in page
    with in_market(world.market.pk):
        assert not Good.objects.filter(name="참돔").exists()
        assert not Photo.objects.exists()


def test_a_mistake_elsewhere_does_not_lose_the_photo(world: World, phone: Client) -> None:
    page = phone.post(ADDRESS, told(photo=photo(), price_won="")).content.decode()

    kept = re.search(r'name="kept" value="([\w-]{22})"', page)
    assert kept is not None
    assert f"/photos/{kept[1]}.large.webp" in page
    phone.post(ADDRESS, told(kept=kept[1]))
    assert sea_bream(world).photo == kept[1]


def test_another_stalls_photo_is_none(world: World, phone: Client, stranger: Client) -> None:
    name = give(phone, world)

    stranger.post(ADDRESS, told(kept=name))

    assert sea_bream(world).photo == ""


def test_the_photo_before_comes_back_in_one_tap(world: World, phone: Client) -> None:
    first = give(phone, world)
    page = phone.post(
        f"/stall/goods/{world.mackerel.pk}/photo/",
        {"photo": photo(pictures.jpeg(pictures.quarters((200, 150))))},
        follow=True,
    ).content.decode()

    assert "고등어, 사진을 바꿨어요." in page
    assert mackerel(world).photo != first
    assert f'name="kept" value="{first}"' in page
    phone.post(f"/stall/goods/{world.mackerel.pk}/photo/", {"kept": first})
    assert mackerel(world).photo == first


def test_a_photo_is_taken_off_and_put_back(world: World, phone: Client) -> None:
    first = give(phone, world)

    page = phone.post(f"/stall/goods/{world.mackerel.pk}/photo/", {"off": "yes"}, follow=True).content.decode()

    assert "고등어, 사진을 뺐어요." in page
    assert mackerel(world).photo == ""
    assert f'name="kept" value="{first}"' in page


def test_nothing_chosen_is_asked_again(world: World, phone: Client) -> None:
    response = phone.post(f"/stall/goods/{world.mackerel.pk}/photo/")

    assert response.status_code == 422
    assert "사진을 찍거나 골라 주세요." in response.content.decode()


def test_another_stalls_good_gets_no_photo(world: World, stranger: Client) -> None:
    assert stranger.post(f"/stall/goods/{world.mackerel.pk}/photo/", {"photo": photo()}).status_code == 404
    assert mackerel(world).photo == ""


def test_a_request_that_would_fill_the_disk_is_stopped(phone: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "MOST_BYTES", 1_000)

    assert phone.post(ADDRESS, told(photo=photo(SMALL_JPEG + bytes(2_000)))).status_code == 400


def test_sending_again_with_the_same_key_puts_up_one_good(world: World, phone: Client) -> None:
    for _ in range(2):
        phone.post(ADDRESS, told(photo=photo(), key="a-key-of-the-phone"))
        phone.post(f"/stall/goods/{sea_bream(world).pk}/away/")

    assert sea_bream(world).state == "hidden"


def test_going_back_and_writing_another_good_puts_up_both(world: World, phone: Client) -> None:
    for name in ("참돔", "우럭"):
        assert phone.post(ADDRESS, told(name=name, key="a-key-of-the-phone")).status_code == 302

    with in_market(world.market.pk):
        assert Good.objects.filter(name__in=("참돔", "우럭")).count() == 2


def test_a_guess_fills_in_the_form_without_scripts(world: World, phone: Client) -> None:
    phone.post(ADDRESS, told(made="imported", made_where="일본"))
    good = sea_bream(world)
    set_sale_state(market=world.market, actor=SYSTEM, good_id=good.pk, state=Good.State.HIDDEN)
    page = phone.get(ADDRESS).content.decode()
    assert f'name="like" value="{good.pk}"' in page

    page = phone.post(ADDRESS, {"like": str(good.pk)}).content.decode()

    assert 'name="name" value="참돔"' in page
    assert 'name="price_won" value="15000"' in page
    assert re.search(r'value="imported"[^>]* checked', page)
    assert 'value="일본"' in page
    assert "아직 안 올렸어요" not in page


def test_of_others_goods_only_the_name_is_told(world: World, phone: Client) -> None:
    new = NewGood(
        stall_id=world.stranger.pk,
        kind_id=world.fish.kind_id,
        name="전복",
        unit="3마리",
        origin="국산(완도)",
        price_won=30000,
        tax="exempt",
        picture="abalone",
    )
    good = put_up_good(market=world.market, actor=SYSTEM, new=new)

    page = phone.post(ADDRESS, {"like": str(good.pk)}).content.decode()

    assert 'name="name" value="전복"' in page
    assert 'value="3마리"' in page
    assert "완도" not in page
    assert "30000" not in page


@pytest.mark.parametrize(
    ("origin", "told_as"),
    [
        ("국산", ("domestic", "")),
        ("국산(제주)", ("domestic", "제주")),
        ("러시아산", ("imported", "러시아")),
        ("배추: 국산, 고춧가루: 중국산", ("mixed", "배추: 국산, 고춧가루: 중국산")),
    ],
)
def test_an_origin_is_read_back_into_the_form(origin: str, told_as: tuple[str, str]) -> None:
    assert made_of(origin) == told_as
