"""A screen shows six digits, the office types them, and the screen belongs to the market."""

from __future__ import annotations

from datetime import timedelta

import pytest

from jangteo.domains.devices.actions.ask_pairing import MOST_A_CALLER, AskedPairing, ask_pairing
from jangteo.domains.devices.actions.ask_reload import ask_reload
from jangteo.domains.devices.actions.change_screen import ScreenFacts, change_screen
from jangteo.domains.devices.actions.claim_pairing import claim_pairing
from jangteo.domains.devices.actions.note_seen import note_seen
from jangteo.domains.devices.actions.retire_screen import retire_screen
from jangteo.domains.devices.errors import BadScreen, PairingMistyped, PairingUnknown
from jangteo.domains.devices.models import Pairing, Screen, ScreenKind
from jangteo.domains.devices.queries import screen_by_secret, screens_of_market, silent_screens, waiting_pairing
from jangteo.domains.devices.rules import MOST_NAME, MOST_SETTING, PAIRING_LASTS, SILENT_AFTER
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.limits import TooOften
from jangteo.kernel.models import AuditRow, LiveEvent
from jangteo.kernel.tenancy import in_market
from tests.world import World, make_world


def asked(kind: ScreenKind = ScreenKind.BOARD, caller: str = "192.0.2.1") -> AskedPairing:
    return ask_pairing(kind=kind, caller=caller)


def claimed(world: World, pairing: AskedPairing, name: str = "정문 알림판") -> Screen:
    return claim_pairing(market=world.market, actor=SYSTEM, code=pairing.code, name=name, place="정문 위")


def last_news() -> tuple[str, str]:
    event = LiveEvent.objects.latest("pk")
    return event.channel, event.kind


def test_the_digits_make_a_screen_of_whoever_shows_them(world: World) -> None:
    pairing = asked(ScreenKind.KIOSK)
    assert waiting_pairing(pairing.secret) is not None
    assert screen_by_secret(pairing.secret) is None

    screen = claim_pairing(
        market=world.market, actor=SYSTEM, code=f"{pairing.code[:3]} {pairing.code[3:]}", name=" 북문 ", place="북문 앞"
    )

    assert screen_by_secret(pairing.secret) == screen
    assert (screen.market_id, screen.kind, screen.name, screen.place) == (world.market.pk, "kiosk", "북문", "북문 앞")
    assert waiting_pairing(pairing.secret) is None
    row = AuditRow.objects.latest("pk")
    assert (row.code, row.subject, row.facts) == ("screen.paired", f"screen:{screen.pk}", {"kind": "kiosk"})


def test_digits_are_good_once(world: World) -> None:
    pairing = asked()
    claimed(world, pairing)

    with pytest.raises(PairingUnknown):
        claimed(make_world("other", "2"), pairing)


def test_digits_are_good_for_ten_minutes_and_then_forgotten(world: World) -> None:
    pairing = asked()
    with clock.at(clock.now() + PAIRING_LASTS):
        assert waiting_pairing(pairing.secret) is None
        with pytest.raises(PairingUnknown):
            claimed(world, pairing)
        newer = asked()
    assert list(Pairing.objects.values_list("code", flat=True)) == [newer.code]


def test_a_misread_digit_is_told_from_an_unknown_number(world: World) -> None:
    code = asked().code
    wrong = code[:-1] + str((int(code[-1]) + 1) % 10)
    for typed in (wrong, code[:5], "", "여섯자리수"):
        with pytest.raises(PairingMistyped):
            claim_pairing(market=world.market, actor=SYSTEM, code=typed, name="알림판", place="정문")


def test_a_screen_needs_a_name_and_a_place(world: World) -> None:
    code = asked().code
    for name, place in (("", "정문"), ("알림판", " "), ("가" * (MOST_NAME + 1), "정문")):
        with pytest.raises(BadScreen):
            claim_pairing(market=world.market, actor=SYSTEM, code=code, name=name, place=place)


def test_one_caller_cannot_use_up_the_numbers(world: World) -> None:
    for _ in range(MOST_A_CALLER):
        asked()
    with pytest.raises(TooOften):
        asked()
    asked(caller="192.0.2.2")


def test_a_change_is_kept_and_told(world: World) -> None:
    screen = claimed(world, asked())

    facts = ScreenFacts(name="남문 알림판", setting={"night": False})
    changed = change_screen(market=world.market, actor=SYSTEM, screen_id=screen.pk, facts=facts)

    assert (changed.name, changed.place, changed.setting) == ("남문 알림판", "정문 위", {"night": False})
    assert last_news() == (f"screen:{screen.pk}", "screen.changed")
    assert AuditRow.objects.latest("pk").facts == {"fields": "name,setting"}
    before = AuditRow.objects.count()
    change_screen(market=world.market, actor=SYSTEM, screen_id=screen.pk, facts=facts)
    assert AuditRow.objects.count() == before
    for bad in (ScreenFacts(name=" "), ScreenFacts(setting={"lines": "가" * MOST_SETTING})):
        with pytest.raises(BadScreen):
            change_screen(market=world.market, actor=SYSTEM, screen_id=screen.pk, facts=bad)


def test_a_reload_is_remembered_for_a_screen_that_does_not_listen(world: World) -> None:
    screen = claimed(world, asked())

    ask_reload(market=world.market, actor=SYSTEM, screen_id=screen.pk)

    assert last_news() == (f"screen:{screen.pk}", "screen.reload")
    seen = note_seen(market=world.market, actor=SYSTEM, screen_id=screen.pk)
    assert seen.reload_asked_at is not None


def test_a_screen_taken_down_is_a_stranger(world: World) -> None:
    pairing = asked()
    screen = claimed(world, pairing)

    retire_screen(market=world.market, actor=SYSTEM, screen_id=screen.pk)
    retire_screen(market=world.market, actor=SYSTEM, screen_id=screen.pk)

    assert last_news() == (f"screen:{screen.pk}", "screen.retired")
    assert AuditRow.objects.filter(code="screen.retired").count() == 1
    assert screen_by_secret(pairing.secret) is None
    with in_market(world.market.pk):
        assert screens_of_market() == []
    for act in (note_seen, ask_reload):
        with pytest.raises(Screen.DoesNotExist):
            act(market=world.market, actor=SYSTEM, screen_id=screen.pk)


def test_a_screen_is_silent_after_several_missed_calls(world: World) -> None:
    screen = claimed(world, asked())
    late = screen.seen_at + SILENT_AFTER + timedelta(seconds=1)
    with in_market(world.market.pk):
        assert silent_screens(screen.seen_at + SILENT_AFTER) == []
        assert silent_screens(late) == [screen]
    with clock.at(late):
        note_seen(market=world.market, actor=SYSTEM, screen_id=screen.pk)
    with in_market(world.market.pk):
        assert silent_screens(late) == []


def test_calling_in_too_often_writes_nothing(world: World) -> None:
    screen = claimed(world, asked())
    with clock.at(screen.paired_at + timedelta(seconds=20)):
        assert note_seen(market=world.market, actor=SYSTEM, screen_id=screen.pk).seen_at == screen.paired_at


def test_another_market_does_not_see_the_screen(world: World) -> None:
    screen = claimed(world, asked())
    other = make_world("other", "2")

    with in_market(other.market.pk):
        assert screens_of_market() == []
    with pytest.raises(Screen.DoesNotExist):
        retire_screen(market=other.market, actor=SYSTEM, screen_id=screen.pk)
