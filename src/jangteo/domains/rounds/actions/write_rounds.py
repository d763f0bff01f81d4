"""A plan becomes the couriers' rounds."""

from __future__ import annotations

from jangteo.domains.delivery.actions.expect_wave import expect_wave
from jangteo.domains.delivery.models import Seat, Wave
from jangteo.domains.markets.models import Market
from jangteo.domains.people.models import Device, Role
from jangteo.domains.rounds.actions.move_stop import move_stop
from jangteo.domains.rounds.errors import NoCouriers
from jangteo.domains.rounds.models import Round, Stop
from jangteo.domains.rounds.planning import Plan, Planned
from jangteo.domains.rounds.states import STOP_IS_ABOARD, STOP_IS_OPEN, StopState
from jangteo.kernel import audit, clock, live
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def write_rounds(*, market: Market, actor: Actor, plan: Plan) -> int:
    """Write what the plan says of orders that still have their seat; how many stops it has.

    Of what is aboard by now only the sequence changes, never the hands; what is done stays. A courier who is not in the
    plan has dropped out. Raises NoCouriers, Wave.DoesNotExist.
    """
    wave = Wave.objects.select_for_update().get(pk=plan.wave_id)
    live_ids = set(
        Device.objects.filter(pk__in=plan.couriers, role=Role.COURIER, revoked_at=None).values_list("pk", flat=True)
    )
    if not live_ids:
        raise NoCouriers
    rounds = _rounds(market, wave, live_ids)
    seats = set(Seat.objects.filter(wave=wave, freed_at=None).values_list("order_id", flat=True))
    open_stops = Stop.objects.select_for_update(of=("self",)).select_related("round")
    known = {stop.order_id: stop for stop in open_stops.filter(round__wave=wave, state__in=STOP_IS_OPEN).order_by("pk")}
    _call_off([stop for order, stop in known.items() if order not in seats], actor)
    wanted = [one for one in plan.stops if one.order_id in seats and one.courier in rounds]
    for one in wanted:
        _write(market, known.get(one.order_id), one, rounds)
    _unplan([stop for order, stop in known.items() if order in seats - {one.order_id for one in wanted}])
    expect_wave(wave_id=wave.pk, at=plan.ends_at)
    audit.record(actor, "wave.rounds", f"wave:{wave.pk}", couriers=len(rounds), orders=len(wanted))
    live.publish([live.News(f"market:{market.pk}", "wave"), *(live.News(f"courier:{one}", "round") for one in rounds)])
    return len(wanted)


def _rounds(market: Market, wave: Wave, couriers: set[int]) -> dict[int, Round]:
    """One for each courier of the plan; whoever is not in it has left."""
    now = clock.now()
    there = {one.courier_id: one for one in Round.objects.select_for_update().filter(wave=wave).order_by("pk")}
    for courier, one in there.items():
        one.left_at = None if courier in couriers else one.left_at or now
        one.planned_at = now if courier in couriers else one.planned_at
        one.save(update_fields=["left_at", "planned_at"])
    missing = sorted(couriers - there.keys())
    new = [Round.objects.create(market=market, wave=wave, courier_id=one, planned_at=now) for one in missing]
    return {one.courier_id: one for one in [*there.values(), *new] if one.courier_id in couriers}


def _write(market: Market, stop: Stop | None, one: Planned, rounds: dict[int, Round]) -> None:
    if stop is None:
        over = Stop.objects.filter(order_id=one.order_id).exclude(state=StopState.CALLED_OFF)
        if over.exclude(state=StopState.FAILED, again=True).exists():
            return  # brought, or back at the hub, while the plan was made
        Stop.objects.create(
            market=market,
            round=rounds[one.courier],
            order_id=one.order_id,
            building=one.building,
            position=one.position,
            due_at=one.due_at,
            changed_at=clock.now(),
        )
        return
    if stop.state not in STOP_IS_ABOARD:
        stop.round = rounds[one.courier]
    elif stop.round.courier_id != one.courier:
        return  # loaded while the plan was made: it stays with whoever has it
    stop.position, stop.due_at, stop.building = one.position, one.due_at, one.building
    stop.save(update_fields=["round", "position", "due_at", "building"])


def _call_off(stops: list[Stop], actor: Actor) -> None:
    for stop in stops:
        move_stop(stop=stop, to=StopState.CALLED_OFF, at=clock.now(), actor=actor)


def _unplan(stops: list[Stop]) -> None:
    """Nobody brings them in this plan, and none of them ever left the hub: the office is told which are left."""
    Stop.objects.filter(pk__in=[stop.pk for stop in stops if stop.state == StopState.PLANNED]).delete()
