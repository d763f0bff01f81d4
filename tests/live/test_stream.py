"""The real live process, killed, cut off and overwhelmed: no screen stays behind."""

from __future__ import annotations

import contextlib
import http.client
import json
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
import time_machine
from django.core import signing
from django.db import connection
from psycopg import sql

from jangteo.domains.ordering.models import StallPart
from jangteo.kernel import clock, live
from jangteo.kernel.live import TICKET_SECONDS
from jangteo.kernel.live.stream import WAITING_EVENTS
from jangteo.kernel.models import LiveEvent
from jangteo.kernel.tenancy import in_market
from jangteo.project.database import connect_params
from tests.live.screens import PATIENCE_S, Heard, Screen, knock, read_until
from tests.serving import HOST, Served
from tests.usage import usage_of
from tests.world import World, make_world, order

pytestmark = pytest.mark.slow

MOST_SECONDS = 2.0
CROWD = 200
IDLE_SECONDS = 1.0
MOST_IDLE_CPU_MS = 30.0
MOST_BYTES_A_SCREEN = 60_000


@pytest.fixture(scope="module")
def market(committed_db: str) -> World:
    return make_world()


@pytest.fixture(scope="module")
def process(market: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with Served("live", tmp_path_factory.mktemp("live") / "live.log") as served:
        yield served


@pytest.fixture
def ticket(market: World) -> str:
    return live.ticket([f"stall:{market.tofu_stall.pk}"])


def ring(market: World) -> int:
    """Place an order at the tofu stall; the id of its part there."""
    placed = order(market, (market.tofu, 1), (market.cabbage, 1))
    with in_market(market.market.pk):
        return StallPart.objects.get(order_id=placed.order_id, stall=market.tofu_stall).pk


def parts_rung(heard: list[Heard]) -> list[int]:
    return [one.payload["part"] for one in heard if one.kind == "part_new"]


def parts_of(market: World) -> list[int]:
    """What the tofu stall's screen finds when it looks at everything."""
    with in_market(market.market.pk):
        return list(StallPart.objects.filter(stall=market.tofu_stall).values_list("pk", flat=True))


def latest_id_of(market: World) -> int:
    """The last event that a screen of the tofu stall can have seen."""
    return LiveEvent.objects.filter(channel=f"stall:{market.tofu_stall.pk}").latest("pk").pk


def until_all_is_passed_on(market: World, process: Served) -> None:
    """Returns when the process has heard of everything that was committed so far: notices come in that order."""
    with Screen(process.port, live.ticket(["order:0"])) as witness, in_market(market.market.pk):
        witness.wait_until_connected()
        live.publish([live.News("order:0", "marker")])
        witness.wait_for(lambda heard: "marker" in [one.kind for one in heard])


def status_of(process: Served, ticket: str) -> int:
    with contextlib.closing(http.client.HTTPConnection(HOST, process.port, timeout=10)) as asked:
        asked.request("GET", f"/?t={quote(ticket)}")
        return asked.getresponse().status


@contextlib.contextmanager
def closed_to_newcomers() -> Iterator[None]:
    """Our database takes no new connection inside; those that it has go on."""
    allow = sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS {}")
    name = sql.Identifier(str(connection.settings_dict["NAME"]))
    with psycopg.connect(**(connect_params() | {"dbname": "postgres"}), autocommit=True) as elsewhere:
        elsewhere.execute(allow.format(name, sql.Literal(False)))
        try:
            yield
        finally:
            elsewhere.execute(allow.format(name, sql.Literal(True)))


def process_files_become(process: Served, files: int) -> bool:
    """True once the process holds no more open files than that; False when it does not come to."""
    deadline = time.monotonic() + 10
    while usage_of([process.pid]).files > files:
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


@pytest.mark.rule(26)
def test_a_placed_order_rings_within_two_seconds_at_its_stalls_only(
    market: World, process: Served, ticket: str
) -> None:
    elsewhere = live.ticket([f"stall:{market.stranger.pk}"])
    with Screen(process.port, ticket) as screen, Screen(process.port, elsewhere) as stranger:
        screen.wait_until_connected()
        stranger.wait_until_connected()
        began = time.monotonic()
        part = ring(market)
        heard = screen.wait_for(lambda heard: part in parts_rung(heard))

        assert heard[-1].at - began <= MOST_SECONDS
        assert parts_rung(heard) == [part]
        assert (heard[-1].channel, heard[-1].kind) == (f"stall:{market.tofu_stall.pk}", "part_new")
        assert parts_rung(stranger.heard) == []


def test_a_screen_that_comes_back_is_sent_just_what_it_missed(market: World, process: Served, ticket: str) -> None:
    seen = ring(market)
    last_id = latest_id_of(market)
    missed = [ring(market) for _ in range(3)]
    until_all_is_passed_on(market, process)

    with Screen(process.port, ticket, last_id=last_id) as screen:
        heard = screen.wait_for(lambda heard: set(missed) <= set(parts_rung(heard)))

    assert parts_rung(heard)[-3:] == missed
    assert seen not in parts_rung(heard)
    assert not [one for one in heard if one.event == "refresh"]


def test_a_screen_without_memory_is_told_to_look_at_everything(market: World, process: Served, ticket: str) -> None:
    part = ring(market)

    with Screen(process.port, ticket, look=lambda: parts_of(market)) as screen:
        screen.wait_to_know({part})

    assert [one.event for one in screen.heard][:3] == ["open", "settings", "refresh"]


@pytest.mark.parametrize("last_id", [0, 10**15])
def test_a_screen_that_remembers_something_long_gone_is_told_to_look_at_everything(
    market: World, process: Served, ticket: str, last_id: int
) -> None:
    part = ring(market)

    with Screen(process.port, ticket, last_id=last_id, look=lambda: parts_of(market)) as screen:
        screen.wait_to_know({part})


@pytest.mark.parametrize(
    ("missed", "told"), [(WAITING_EVENTS, ["news"] * WAITING_EVENTS), (WAITING_EVENTS + 1, ["refresh"])]
)
def test_a_screen_that_missed_more_than_it_can_be_sent_is_told_to_look_at_everything(
    market: World, process: Served, missed: int, told: list[str]
) -> None:
    channel = f"stall:{missed}"
    with in_market(market.market.pk):
        live.publish(live.News(channel, "noise") for _ in range(missed + 1))
    last_id = LiveEvent.objects.filter(channel=channel).order_by("pk")[0].pk
    until_all_is_passed_on(market, process)

    with Screen(process.port, live.ticket([channel]), last_id=last_id) as screen:
        heard = screen.wait_for(lambda heard: len(heard) == 2 + len(told))

    assert [one.event for one in heard][2:] == told


def test_a_later_commit_of_an_earlier_event_reaches_everyone(market: World, process: Served, ticket: str) -> None:
    channel = f"stall:{market.tofu_stall.pk}"
    with Screen(process.port, ticket) as connected:
        connected.wait_until_connected()
        with psycopg.connect(**connect_params()) as slow:
            row = slow.execute(
                "INSERT INTO kernel_liveevent (market_id, channel, kind, payload, at)"
                " VALUES (%s, %s, 'slow', '{}', %s) RETURNING id",
                [market.market.pk, channel, clock.now()],
            ).fetchone()
            part = ring(market)
            heard = connected.wait_for(lambda heard: part in parts_rung(heard))
            assert "slow" not in [one.kind for one in heard]
        heard = connected.wait_for(lambda heard: "slow" in [one.kind for one in heard])
    assert row is not None
    assert heard[-1].id == row[0]
    later_id = next(one.id for one in heard if parts_rung([one]) == [part])
    assert later_id is not None
    assert later_id > row[0]

    with Screen(process.port, ticket, last_id=later_id) as back:
        heard = back.wait_for(lambda heard: row[0] in [one.id for one in heard])
    assert later_id not in [one.id for one in heard]


@pytest.mark.rule(26)
def test_no_order_is_lost_when_the_process_is_killed(
    market: World, ticket: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    placed: set[int] = set()
    enough = threading.Event()

    def keep_ordering() -> None:
        while not enough.is_set():
            placed.add(ring(market))

    process = Served("live", tmp_path_factory.mktemp("mortal") / "live.log")
    with (
        process,
        Screen(process.port, ticket, look=lambda: parts_of(market)) as remembering,
        Screen(process.port, ticket, with_memory=False, look=lambda: parts_of(market)) as forgetful,
        ThreadPoolExecutor(1) as customers,
    ):
        ordering = customers.submit(keep_ordering)
        try:
            for _ in range(2):
                part = ring(market)
                remembering.wait_to_know({part})
                forgetful.wait_to_know({part})
                process.kill()
                process.start()
        finally:
            enough.set()
        ordering.result()
        placed.add(ring(market))
        remembering.wait_to_know(placed)
        forgetful.wait_to_know(placed)
        assert [one.event for one in remembering.heard].count("open") == 3


def test_the_database_may_go_away_and_come_back(market: World, process: Served, ticket: str) -> None:
    # A page that is told to look again while the pages have no database keeps asking until they have.
    opened = threading.Event()
    opened.set()
    with Screen(process.port, ticket, look=lambda: parts_of(market) if opened.wait(PATIENCE_S) else []) as screen:
        screen.wait_for(lambda heard: "refresh" in [one.event for one in heard])
        opened.clear()
        with closed_to_newcomers():
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND query = 'LISTEN live'"
                )
                assert cursor.fetchone() == (1,)
            while_away = ring(market)
            with Screen(process.port, ticket, last_id=1) as newcomer:
                newcomer.wait_for(lambda heard: "refresh" in [one.event for one in heard])
        opened.set()
        screen.wait_to_know({while_away})
        afterwards = ring(market)
        heard = screen.wait_for(lambda heard: afterwards in parts_rung(heard))
        assert while_away not in parts_rung(heard)
        assert [one.event for one in heard].count("open") == 1


@pytest.mark.parametrize("old", ["", "nonsense", "WyJzdGFsbDoxIl0:1xVFT9:YMnycJwGnVhPueVw0Nqv2"])
def test_a_forged_ticket_opens_nothing(process: Served, old: str) -> None:
    assert status_of(process, old) == 403


def test_a_changed_ticket_opens_nothing(market: World, process: Served, ticket: str) -> None:
    wider = signing.b64_encode(json.dumps([f"stall:{market.stranger.pk}"]).encode()).decode()
    assert status_of(process, ":".join([wider, *ticket.split(":")[1:]])) == 403


def test_a_ticket_of_yesterday_opens_nothing(process: Served, ticket: str) -> None:
    with time_machine.travel(time.time() - TICKET_SECONDS - 1, tick=False):
        old = live.ticket(["stall:1"])

    assert status_of(process, old) == 403
    assert status_of(process, ticket) == 200


def test_a_stray_notification_deafens_nobody(market: World, process: Served, ticket: str) -> None:
    with Screen(process.port, ticket) as screen, connection.cursor() as cursor:
        screen.wait_until_connected()
        cursor.execute("SELECT pg_notify('live', 'hello'), pg_notify('live', '1|stall:1|odd|{not json')")
        part = ring(market)
        heard = screen.wait_for(lambda heard: part in parts_rung(heard))
        assert [one.event for one in heard].count("open") == 1


def test_a_quiet_stream_has_a_pulse(market: World, ticket: str, tmp_path: Path) -> None:
    with (
        Served("live", tmp_path / "live.log", application="tests.live.brisk:application") as process,
        Screen(process.port, ticket) as screen,
    ):
        heard = screen.wait_for(lambda heard: [one.event for one in heard].count("heartbeat") >= 3)

    assert [one.event for one in heard].count("open") == 1


def test_two_hundred_screens_on_one_process_are_cheap(market: World, process: Served, ticket: str) -> None:
    last_id = latest_id_of(market)
    before = usage_of([process.pid])
    with contextlib.ExitStack() as stack:
        screens = [stack.enter_context(knock(process.port, ticket, last_id)) for _ in range(CROWD)]
        for screen in screens:
            read_until(screen, b"retry:")
        settled = usage_of([process.pid])
        time.sleep(IDLE_SECONDS)
        idle = usage_of([process.pid])
        began = time.monotonic()
        ring(market)
        for screen in screens:
            read_until(screen, b"part_new")
        took = time.monotonic() - began
    gone = process_files_become(process, before.files)

    assert (settled.memory_bytes - before.memory_bytes) / CROWD < MOST_BYTES_A_SCREEN
    assert (idle.cpu_ms - settled.cpu_ms) / IDLE_SECONDS < MOST_IDLE_CPU_MS
    assert took < MOST_SECONDS
    assert gone
