"""A courier loads, comes to doors, leaves things there, and says what is wrong."""

from __future__ import annotations

import base64
import json
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from jangteo.domains.ordering.models import Line
from jangteo.domains.rounds.actions.write_rate import write_rate
from jangteo.domains.rounds.models import Lack, Stop, StopMove
from jangteo.faces._parts.devices import OFFICE_COOKIE
from jangteo.faces._parts.tests.unmarked import unmarked_korean
from jangteo.faces.shop.tests.pressing import text_of
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.brought import order_row
from tests.riding import Courier, courier, jpeg, out, stop_of
from tests.world import NOON, World


def at(stop: Stop) -> str:
    return f"/c/stops/{stop.pk}/press/"


def kept(stop: Stop, what: str, *, ago: int = 0, **body: object) -> str:
    """What the phone's outbox sends of a press so many minutes ago; its clock is a day slow."""
    slow = NOON - timedelta(days=1)
    made = {"made_at": (slow - timedelta(minutes=ago)).isoformat(), "sent_at": slow.isoformat(), "number": 1}
    return json.dumps({"kind": "press", **made, "body": {"stop": stop.pk, "what": what, **body}})


def send(phone: Client, written: str) -> tuple[int, dict[str, object]]:
    answer = phone.post("/c/told/", written, content_type="application/json")
    return answer.status_code, answer.json()


def test_an_order_is_brought_with_three_presses_and_a_photo(world: World, who: Courier, phone: Client) -> None:
    (first, second), _wave = out(world, 2, [who])
    stops = [stop_of(world, first), stop_of(world, second)]
    for stop in stops:
        assert phone.post(at(stop), {"what": "loaded"})["Location"] == "/c/"
    assert phone.post(at(stops[0]), {"what": "here"})["Location"] == f"/c/stops/{stops[0].pk}/"

    photo = SimpleUploadedFile("door.jpg", jpeg(), "image/jpeg")
    left = phone.post(at(stops[0]), {"what": "done", "photo": photo})

    assert left["Location"] == f"/c/stops/{stops[1].pk}/"
    assert order_row(world, first).state == "closed"
    assert len(stop_of(world, first).photo) == 22
    assert "2집 가운데 1집" in text_of(phone.get("/c/"))


def test_presses_of_hours_without_a_network_count_from_when_they_were_made(
    world: World, who: Courier, phone: Client
) -> None:
    (placed,), _wave = out(world, 1, [who])
    stop = stop_of(world, placed)
    picture = "data:image/jpeg;base64," + base64.b64encode(jpeg()).decode()
    with clock.at(NOON + timedelta(hours=4)):
        for what, ago, more in (("loaded", 180, {}), ("here", 90, {}), ("done", 85, {"photo": picture})):
            for _ in range(2):
                assert send(phone, kept(stop, what, ago=ago, **more))[0] == 200

    with in_market(world.market.pk):
        moves = list(StopMove.objects.order_by("pk").values_list("became", "at"))
    four = NOON + timedelta(hours=4)
    assert moves == [
        ("loaded", four - timedelta(minutes=180)),
        ("here", four - timedelta(minutes=90)),
        ("done", four - timedelta(minutes=85)),
    ]
    assert stop_of(world, placed).photo


@pytest.mark.parametrize(
    "written",
    [
        "",
        "{}",
        "[]",
        '{"body": {"stop": "1e9", "what": "done"}, "made_at": "x", "sent_at": "y"}',
        '{"body": {"stop": 99999999999999999999, "what": "done"}, "made_at": "2026-11-20T03:00:00Z", '
        '"sent_at": "2026-11-20T03:00:00Z"}',
    ],
)
def test_what_is_no_press_is_refused_as_one_and_changes_nothing(phone: Client, written: str) -> None:
    status, said = send(phone, written)

    assert (status, said["code"]) == (409, "rounds.bad_press")


def test_a_photo_that_is_none_is_refused(world: World, who: Courier, phone: Client) -> None:
    (placed,), _wave = out(world, 1, [who])
    stop = stop_of(world, placed)

    assert send(phone, kept(stop, "done", photo="data:image/jpeg;base64,AAAA"))[0] == 409
    assert send(phone, kept(stop, "done", photo="data:image/jpeg;base64,???"))[1]["code"] == "rounds.bad_press"
    assert stop_of(world, placed).state == "planned"


def test_nobody_at_the_door_counts_once_both_steps_were_done(world: World, who: Courier, phone: Client) -> None:
    (placed,), _wave = out(world, 1, [who])
    stop = stop_of(world, placed)

    early = phone.post(at(stop), {"what": "failed", "why": "nobody", "steps": ["called"]})
    assert early.status_code == 409
    assert stop_of(world, placed).state == "planned"
    phone.post(at(stop), {"what": "failed", "why": "nobody", "steps": ["called", "waited"]})

    assert (stop_of(world, placed).state, stop_of(world, placed).why) == ("failed", "nobody")
    assert "이 집은 끝났어요" in text_of(phone.get(f"/c/stops/{stop.pk}/"))


def test_a_good_that_is_missing_is_noted_once(world: World, who: Courier, phone: Client) -> None:
    (placed,), _wave = out(world, 1, [who])
    stop = stop_of(world, placed)
    with in_market(world.market.pk):
        line = Line.objects.get(part__order_id=placed.order_id, part__is_fee=False)
    for _ in range(2):
        phone.post(at(stop), {"what": "lack", "line": str(line.pk)})
    send(phone, kept(stop, "lack", line=line.pk))

    with in_market(world.market.pk):
        assert Lack.objects.count() == 1
    assert "빠졌다고 적었어요" in text_of(phone.get(f"/c/stops/{stop.pk}/"))


def test_another_couriers_door_is_not_there(world: World, who: Courier) -> None:
    (placed,), _wave = out(world, 1, [who])
    stop, stranger = stop_of(world, placed), Client()
    stranger.cookies[OFFICE_COOKIE] = courier(world).secret

    assert stranger.get(f"/c/stops/{stop.pk}/").status_code == 404
    assert stranger.post(at(stop), {"what": "done"}).status_code == 404
    assert send(stranger, kept(stop, "done"))[0] == 404
    assert stop_of(world, placed).state == "planned"


def test_what_was_earned_is_shown_by_day(world: World, who: Courier, phone: Client) -> None:
    write_rate(market=world.market, actor=SYSTEM, starts=clock.calendar_day(), stop_won=3_500)
    (placed,), _wave = out(world, 1, [who])

    phone.post(at(stop_of(world, placed)), {"what": "done"})

    assert "3,500원" in text_of(phone.get("/c/"))
    assert "1집" in text_of(phone.get("/c/pay/"))


def test_the_page_is_the_couriers_own_and_opens_without_a_network(phone: Client, who: Courier, world: World) -> None:
    assert phone.get("/c/")["X-Owner"] == f"{world.market.pk}:{who.pk}"
    script = phone.get("/c/worker.js").content.decode()
    assert '"/c/"' in script
    assert "courier/courier" in script
    assert phone.get("/c/pass/").json()["courier"] == who.pk


def test_the_day_asks_the_database_no_more_for_more_doors(world: World, who: Courier, phone: Client) -> None:
    counts = []
    for many in (1, 3):
        out(world, many, [who])
        phone.get("/c/")
        with CaptureQueriesContext(connection) as asked:
            phone.get("/c/")
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_english_pages_mark_what_is_korean(world: World, who: Courier, phone: Client) -> None:
    (placed,), _wave = out(world, 1, [who])
    phone.cookies["django_language"] = "en"

    addresses = ["/c/", "/c/pay/", f"/c/stops/{stop_of(world, placed).pk}/"]
    assert {one: unmarked_korean(phone.get(one).content.decode()) for one in addresses} == {
        one: [] for one in addresses
    }
