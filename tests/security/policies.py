"""Who may do a deed, and what everybody else is answered."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from jangteo.faces.api.tests.callers import wish
from tests.security.callers import Caller, Whose
from tests.security.stage import Stage

# Answers None when the caller may do it, else the status of the refusal. `whose` is None where nothing is named.
Policy = Callable[[Caller, Whose | None], int | None]
HERE = (Whose.OWN, Whose.STRANGERS)


def anyone(_caller: Caller, whose: Whose | None) -> int | None:
    """Open to all, but only this market's things: whoever has an order's address may see the order."""
    return None if whose is None or whose in HERE else 404


def whoever_has_the_link(_caller: Caller, whose: Whose | None) -> int | None:
    return 410 if whose is Whose.NOBODYS else None


def led_to_the_door(_caller: Caller, _whose: Whose | None) -> int | None:
    """Nobody here has typed a code just now, so that everybody is asked for one before anything is looked up."""
    return None


def with_nothing_asked(caller: Caller, _whose: Whose | None) -> int | None:
    """Whoever is signed in has nothing to take back; everybody else is led to the door."""
    return 409 if caller.name in ("customer", "other customer") else None


def stall(caller: Caller, whose: Whose | None) -> int | None:
    """The stall's own phones."""
    if caller.stall is None:
        return 403
    return None if whose in (None, caller.stall) else 404


def stall_itself(caller: Caller, whose: Whose | None) -> int | None:
    """The stall's own phones, under the number of their own stall: what another has kept on the phone waits for it."""
    return None if caller.stall is not None and whose is caller.stall else 403


def stall_in_person(caller: Caller, whose: Whose | None) -> int | None:
    """The stall's own phones, without a helper who acts for it."""
    return 409 if caller.acts else stall(caller, whose)


def office(caller: Caller, whose: Whose | None) -> int | None:
    """The association, for the stalls of its market."""
    if caller.office is None:
        return 403
    of_market = HERE if caller.office is Whose.OWN else (Whose.ELSEWHERE,)
    return None if whose is None or whose in of_market else 404


def helper(caller: Caller, whose: Whose | None) -> int | None:
    """Helpers, and the association, for the stalls of their market."""
    if caller.helps is None:
        return 403
    of_market = HERE if caller.helps is Whose.OWN else (Whose.ELSEWHERE,)
    return None if whose is None or whose in of_market else 404


def courier(caller: Caller, _whose: Whose | None) -> int | None:
    """Somebody who brings orders."""
    return None if caller.name == "courier" else 403


def courier_of_it(caller: Caller, whose: Whose | None) -> int | None:
    """The courier whose round it is."""
    if caller.name != "courier":
        return 403
    return None if whose in (None, Whose.OWN) else 404


def kiosk(caller: Caller, _whose: Whose | None) -> int | None:
    """A screen that was taken into a market and stands there still."""
    return None if caller.kiosk else 403


def program(caller: Caller, whose: Whose | None) -> int | None:
    """A program with the stall's token."""
    if caller.program is None:
        return 403 if caller.account else 401
    return None if whose in (None, caller.program) else 404


def app(caller: Caller, _whose: Whose | None) -> int | None:
    """A program with a customer's token."""
    if caller.account is None:
        return 403 if caller.program else 401
    return None


def buyer(caller: Caller, _whose: Whose | None) -> int | None:
    """Anybody without a token, and customers with a token of this market."""
    if caller.program is not None or caller.account is Whose.ELSEWHERE:
        return 403
    return 401 if caller.bearer and caller.account is None else None


def account(caller: Caller, _whose: Whose | None) -> int | None:
    """Whoever has signed in with a phone number."""
    return None if caller.name in ("customer", "other customer") else 403


def nobody_in_particular(stage: Stage) -> Mapping[str, object]:
    return {}


@dataclass(frozen=True, slots=True)
class Deed:
    """One method of an address. `done` is the status for those who may; `needs` the state of the part
    that it is about."""

    policy: Policy
    done: int
    sends: Callable[[Stage], Mapping[str, object]] = nobody_in_particular
    needs: str = "new"
    query: Mapping[str, str] = field(default_factory=dict)


def posts(policy: Policy, done: int = 302, *, needs: str = "new", **fields: object) -> dict[str, Deed]:
    return {"POST": Deed(policy, done, lambda stage: fields, needs)}


def shows(policy: Policy, done: int = 200, *, needs: str = "new", **query: str) -> dict[str, Deed]:
    return {"GET": Deed(policy, done, needs=needs, query=query)}


def an_order(stage: Stage) -> Mapping[str, object]:
    return wish((stage.here.tofu, 1))


def a_question(stage: Stage) -> Mapping[str, object]:
    return {"words": "오늘 있어요?", "key": str(uuid.uuid4())}


def all_of_it(stage: Stage) -> Mapping[str, object]:
    return {"amount_won": "1000", "key": str(uuid.uuid4())}
