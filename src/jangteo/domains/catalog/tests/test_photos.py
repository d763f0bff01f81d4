from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from jangteo.domains.catalog import photo_files
from jangteo.domains.catalog.actions.forget_photos import KEPT, forget_photos
from jangteo.domains.catalog.actions.keep_photo import keep_photo
from jangteo.domains.catalog.actions.put_up_good import NewGood, put_up_good
from jangteo.domains.catalog.actions.set_photo import set_photo
from jangteo.domains.catalog.actions.set_price import set_price
from jangteo.domains.catalog.actions.set_sale_state import set_sale_state
from jangteo.domains.catalog.models import Good, Photo
from jangteo.domains.catalog.photo_sizes import Sizes, sizes_of
from jangteo.domains.catalog.queries_photos import is_photo_of, sold_before, sold_by_others
from jangteo.domains.catalog.tests import pictures
from jangteo.domains.markets.models import Stall
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.models import AuditRow
from jangteo.kernel.tenancy import in_market
from tests.world import World


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture(scope="module")
def sizes() -> Sizes:
    return sizes_of(pictures.jpeg(pictures.quarters((160, 120))))


def keep(world: World, stall: Stall, sizes: Sizes) -> str:
    return keep_photo(market=world.market, actor=SYSTEM, stall_id=stall.pk, sizes=sizes)


def show(world: World, good: Good, name: str) -> Good:
    return set_photo(market=world.market, actor=SYSTEM, good_id=good.pk, name=name)


def new_good(world: World, **changed: object) -> NewGood:
    fish = {"stall_id": world.fish.pk, "kind_id": world.fish.kind_id, "name": "참돔", "unit": "1마리"}
    rest = {"origin": "국산", "price_won": 15000, "tax": "exempt", "picture": "sea-bream"}
    return NewGood(**{**fish, **rest, **changed})  # type: ignore[arg-type] # the fields are named above


def test_both_sizes_lie_in_the_folder_under_a_name_nobody_can_guess(world: World, sizes: Sizes, media: Path) -> None:
    name = keep(world, world.fish, sizes)

    assert len(name) == 22
    assert photo_files.file_of(name, "large").read_bytes() == sizes.large
    assert photo_files.file_of(name, "small").read_bytes() == sizes.small
    assert {path.name for path in media.rglob("*.*")} == {f"{name}.large.webp", f"{name}.small.webp"}


def test_the_same_photo_sent_twice_is_one_photo(world: World, sizes: Sizes) -> None:
    assert keep(world, world.fish, sizes) == keep(world, world.fish, sizes)
    assert AuditRow.objects.filter(code="photo.kept").count() == 1


def test_two_stalls_with_the_same_photo_have_one_each(world: World, sizes: Sizes) -> None:
    name = keep(world, world.fish, sizes)

    assert keep(world, world.stranger, sizes) != name
    with in_market(world.market.pk):
        assert is_photo_of(world.fish.pk, name)
        assert not is_photo_of(world.stranger.pk, name)


def test_a_good_shows_its_photo_and_the_drawing_again(world: World, sizes: Sizes) -> None:
    name = keep(world, world.fish, sizes)

    assert show(world, world.mackerel, name).photo == name
    assert show(world, world.mackerel, "").photo == ""
    codes = AuditRow.objects.filter(subject=f"good:{world.mackerel.pk}").values_list("code", flat=True)
    assert {"good.photo_set", "good.photo_taken_off"} <= set(codes)


@pytest.mark.parametrize("name", ["", "A" * 22])
def test_only_photos_of_the_own_stall_can_be_shown(world: World, sizes: Sizes, name: str) -> None:
    theirs = name or keep(world, world.stranger, sizes)

    with pytest.raises(Photo.DoesNotExist):
        show(world, world.mackerel, theirs)
    with pytest.raises(Photo.DoesNotExist):
        put_up_good(market=world.market, actor=SYSTEM, new=new_good(world, photo=theirs))


def test_a_good_goes_up_with_its_photo(world: World, sizes: Sizes) -> None:
    name = keep(world, world.fish, sizes)

    assert put_up_good(market=world.market, actor=SYSTEM, new=new_good(world, photo=name)).photo == name


def test_a_late_repeat_puts_nothing_up_again_whatever_happened_to_the_good(world: World) -> None:
    new, key = new_good(world), "key-of-the-phone"
    first = put_up_good(market=world.market, actor=SYSTEM, new=new, key=key)
    set_price(market=world.market, actor=SYSTEM, good_id=first.pk, price_won=16000)
    set_sale_state(market=world.market, actor=SYSTEM, good_id=first.pk, state=Good.State.HIDDEN)

    again = put_up_good(market=world.market, actor=SYSTEM, new=new, key=key)

    assert (again.pk, again.state, again.price_won) == (first.pk, "hidden", 16000)


def test_photos_that_no_good_shows_go_after_a_week(
    world: World, sizes: Sizes, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    shown = keep(world, world.fish, sizes)
    show(world, world.mackerel, shown)
    left = keep(world, world.stranger, sizes)

    assert forget_photos(market=world.market, actor=SYSTEM) == 0
    with clock.at(clock.now() + KEPT + timedelta(minutes=1)), django_capture_on_commit_callbacks(execute=True):
        assert forget_photos(market=world.market, actor=SYSTEM) == 1
        assert photo_files.file_of(left, "large").exists(), "a file goes only when its row has"

    assert photo_files.file_of(shown, "large").exists()
    assert not photo_files.file_of(left, "large").exists()
    assert not photo_files.file_of(left, "small").exists()


def test_a_photo_that_is_sent_again_stays_for_another_week(world: World, sizes: Sizes) -> None:
    keep(world, world.fish, sizes)

    with clock.at(clock.now() + KEPT + timedelta(minutes=1)):
        keep(world, world.fish, sizes)
        assert forget_photos(market=world.market, actor=SYSTEM) == 0


@pytest.mark.parametrize("name", ["..", "../../etc/passwd", "a" * 21, "a" * 23, "a" * 21 + "/", "a" * 22 + "\n"])
def test_a_name_leads_nowhere_but_into_the_folder(name: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        photo_files.file_of(name, "large")


def test_what_a_stall_sold_before_comes_back_to_mind(world: World) -> None:
    for price in (15000, 17000):
        good = put_up_good(market=world.market, actor=SYSTEM, new=new_good(world, price_won=price))
        set_sale_state(market=world.market, actor=SYSTEM, good_id=good.pk, state=Good.State.HIDDEN)

    with in_market(world.market.pk):
        assert [(good.name, good.price_won) for good in sold_before(world.fish.pk, 5)] == [("참돔", 17000)]
    put_up_good(market=world.market, actor=SYSTEM, new=new_good(world, price_won=9000))
    with in_market(world.market.pk):
        assert sold_before(world.fish.pk, 5) == []


def test_others_of_the_market_give_names_that_the_stall_has_not(world: World) -> None:
    kind = world.fish.kind_id
    for name in ("고등어", "전복"):
        new = new_good(world, stall_id=world.stranger.pk, name=name, unit="3마리")
        put_up_good(market=world.market, actor=SYSTEM, new=new)

    with in_market(world.market.pk):
        assert [good.name for good in sold_by_others(world.fish.pk, kind, 5)] == ["전복"]
