"""Every address, every method, every caller, everybody's things: done, or refused with nothing changed. Every answer
carries the security headers."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.security.asking import Answer, Asking, equipped, names_a_thing, routes
from tests.security.callers import Caller, Whose
from tests.security.policies import Deed, anyone
from tests.security.stage import Stage
from tests.security.table import ADDRESSES, LOOKS_THAT_WRITE
from tests.written import Written

FEW = {"anybody", "customer", "owner", "manager"}
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
DEEDS = [(route, method) for route, deeds in ADDRESSES.items() for method in deeds]
FORMS = [route for route, method in DEEDS if method == "POST" and not route.startswith(("api/", "hooks/"))]


@pytest.fixture(scope="module")
def asking(committed_db: str) -> Iterator[Asking]:
    with equipped():
        yield Asking(Stage())


@pytest.fixture(scope="module")
def written(asking: Asking) -> Written:
    """Takes note of what is written once everything stands there."""
    assert asking.stage.standing
    return Written()


def test_every_address_is_in_the_table() -> None:
    assert sorted(ADDRESSES) == sorted(routes())


@pytest.mark.parametrize(("route", "method"), DEEDS)
def test_only_those_who_may(asking: Asking, written: Written, route: str, method: str) -> None:
    deed = ADDRESSES[route][method]
    asked = everybody_asks(asking.stage, route, deed)
    before = written.mark()

    wrong = mistakes(asking, route, method, [(c, w) for c, w in asked if deed.policy(c, w) is not None])

    assert wrong == []
    assert written.since(before) == []
    wrong = mistakes(asking, route, method, [(c, w) for c, w in asked if deed.policy(c, w) is None])
    assert wrong == []
    if method == "GET" and route not in LOOKS_THAT_WRITE:
        assert written.since(before) == []


def everybody_asks(stage: Stage, route: str, deed: Deed) -> list[tuple[Caller, Whose | None]]:
    """All of them about the owner's things; about other things those to whom they make a difference, and a few more."""
    return [
        (caller, whose)
        for caller in stage.callers()
        for whose in owners(route)
        if whose in (None, Whose.OWN) or caller.name in FEW or makes_a_difference(deed, caller)
    ]


def makes_a_difference(deed: Deed, caller: Caller) -> bool:
    """Whether this caller may do it with some things and not with others, because of who they are."""
    return deed.policy is not anyone and len({deed.policy(caller, whose) for whose in Whose}) > 1


def owners(route: str) -> list[Whose | None]:
    return list(Whose) if names_a_thing(route) else [None]


def mistakes(asking: Asking, route: str, method: str, asked: list[tuple[Caller, Whose | None]]) -> list[str]:
    """What was answered, where it is not what the table says or its headers leave something open."""
    deed, found = ADDRESSES[route][method], []
    for caller, whose in asked:
        expected = deed.policy(caller, whose) or deed.done
        answer = asking.ask(route, method, deed, caller, whose)
        if answer.status != expected:
            found.append(f"{caller} with {whose}: {answer.status} and not {expected}")
        found.extend(f"{caller} with {whose}: {header}" for header in unsafe(answer))
    return found


@pytest.mark.parametrize("route", [route for route, deeds in ADDRESSES.items() if len(deeds) < len(METHODS)])
def test_other_methods_are_not_allowed(asking: Asking, written: Written, route: str) -> None:
    deeds = ADDRESSES[route]
    other = Deed(next(iter(deeds.values())).policy, 405)
    callers = [caller for caller in asking.stage.callers() if caller.name in FEW]
    path = asking.target(route, other, Whose.OWN, fresh=False)
    before = written.mark()

    answered = {
        (method, caller.name): asking.send(method, path, other, caller).status
        for method in METHODS
        if method not in deeds
        for caller in callers
    }

    assert answered
    assert {pair: status for pair, status in answered.items() if status != 405} == {}
    assert written.since(before) == []


@pytest.mark.parametrize("route", FORMS)
def test_a_form_of_another_site_is_refused(asking: Asking, written: Written, route: str) -> None:
    deed = ADDRESSES[route]["POST"]
    whose = owners(route)[0]
    caller = next(caller for caller in asking.stage.callers() if deed.policy(caller, whose) is None)
    path = asking.target(route, deed, whose, fresh=True)
    before = written.mark()

    assert asking.send("POST", path, deed, caller, strict=True).status == 403
    assert written.since(before) == []


def unsafe(answer: Answer) -> list[str]:
    """What the headers of an answer leave open."""
    policy = dict(part.strip().partition(" ")[::2] for part in answer.headers["Content-Security-Policy"].split(";"))
    wanted = {"default-src": "'self'", "object-src": "'none'", "base-uri": "'self'", "frame-ancestors": "'none'"}
    plain = {"X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "same-origin"}
    return [
        *(f"{name}: {policy.get(name)}" for name, value in wanted.items() if policy.get(name) != value),
        *(f"{name}: {value}" for name, value in policy.items() if "unsafe" in value or "*" in value.split()),
        *(f"{name}: {answer.headers.get(name)}" for name, value in plain.items() if answer.headers.get(name) != value),
    ]
