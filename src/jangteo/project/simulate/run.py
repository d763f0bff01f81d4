"""One run: steps drawn from a seed, every invariant after each of them, and at the end everything settled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta

from jangteo.domains.ledger.closing import book_hash
from jangteo.domains.ledger.models import Entry
from jangteo.kernel.errors import Refused
from jangteo.project.simulate import checks
from jangteo.project.simulate.accidents import Crash
from jangteo.project.simulate.came import book_bytes, came_of
from jangteo.project.simulate.deposits import say_where_to
from jangteo.project.simulate.scratch import Scratch
from jangteo.project.simulate.stage import RECOVERY, Stage, staged
from jangteo.project.simulate.steps import STEPS
from jangteo.project.simulate.windows import deliver

CRASHES_ONE_IN = 4
MOST_DRAWS = 12
# Refusals that say the program has lost its way, whatever anybody asked for.
NEVER_REFUSED = frozenset(
    {"ledger.key_conflict", "ledger.unbalanced", "ledger.unknown_account", "ledger.already_reversed"}
    | {"settlement.book_does_not_fit"}
)
MOST_STATEMENTS_BEFORE_A_CRASH = 25


@dataclass(frozen=True, slots=True)
class Violation:
    """`step` counts from 1 (0: at the end). `rule` is an invariant's name or what else went wrong."""

    step: int
    deed: str
    rule: str
    subject: str
    expected: str
    found: str


@dataclass(slots=True)
class Outcome:
    """What came of one seed. The same seed and number of steps give the same `book_hash`.

    `told` counts steps by name, with how they ended where not well; `seen` counts what they brought about.
    """

    seed: int
    steps: int
    book_hash: str = ""
    entries: int = 0
    crashes: int = 0
    book_bytes: int = 0
    told: Counter[str] = field(default_factory=Counter)
    seen: Counter[str] = field(default_factory=Counter)
    violations: list[Violation] = field(default_factory=list)


def simulate(scratch: Scratch, *, seed: int, steps: int, forgetful: bool = False) -> Outcome:
    """Play `steps` steps of `seed` in a fresh market. It ends early when something is wrong.

    `forgetful` is the control: the gateway gets a new key with every try, so a run must find lost money.
    """
    outcome = Outcome(seed, steps)
    scratch.renew()
    with staged(seed, forgetful=forgetful) as stage:
        for number in range(1, steps + 1):
            _step(stage, number, outcome)
            if outcome.violations:
                break
        else:
            _end(stage, outcome)
        with stage.now():
            outcome.book_hash = book_hash(stage.market.pk, stage.present.moment + timedelta(days=1))
            outcome.entries, outcome.book_bytes = Entry.objects.count(), book_bytes()
        outcome.crashes = stage.accident.struck
        outcome.seen = stage.seen + came_of()
    return outcome


def _step(stage: Stage, number: int, outcome: Outcome) -> None:
    """Do one thing that can be done, perhaps with an accident, and look at the book."""
    for _ in range(MOST_DRAWS):
        deed = stage.chance.choices(list(STEPS), [step.often for step in STEPS.values()])[0]
        with stage.now(), _troubles(outcome, number, deed):
            if _do(stage, deed, outcome):
                break
        if outcome.violations:
            return
    with stage.now():
        outcome.violations += [Violation(number, deed, *found) for found in checks.at_any_moment()]


def _do(stage: Stage, deed: str, outcome: Outcome) -> bool:
    with stage.accident.watching():
        _plan_an_accident(stage)
        try:
            if STEPS[deed].do(stage) is False:
                return False
            outcome.told[deed] += 1
        except Refused as no:
            if no.code in NEVER_REFUSED:
                raise
            outcome.told[f"{deed}: {no.code}"] += 1
        except Crash:
            outcome.told[f"{deed}: crashed"] += 1
    return True


def _plan_an_accident(stage: Stage) -> None:
    if stage.chance.randrange(CRASHES_ONE_IN):
        return
    if stage.chance.random() < 0.5:
        stage.accident.arm(after_call=True)
    else:
        stage.accident.arm(statements=stage.chance.randrange(MOST_STATEMENTS_BEFORE_A_CRASH))


def _come_to_rest(stage: Stage) -> None:
    """The gateways are well again, customers answer, and workers work until nothing is left to do."""
    stage.practices.heal()
    for later in RECOVERY:
        stage.present.moment += later
        with stage.now():
            for letter in stage.unheard:
                deliver(stage, letter)
            say_where_to(stage)
            stage.sweep()
            while stage.work():
                pass


def _end(stage: Stage, outcome: Outcome) -> None:
    """Let everything come to rest, then ask the gateways, and hear every message again."""
    with _troubles(outcome, 0, "recovery"):
        _come_to_rest(stage)
    with stage.now(), _troubles(outcome, 0, "checks"):
        found = [*checks.at_any_moment(), *checks.at_rest(), *checks.at_the_gateways(stage.practices)]
        outcome.violations += [Violation(0, "end", *one) for one in found]
        outcome.violations += [Violation(0, "replay", *one) for one in checks.replayed(stage)]


@contextmanager
def _troubles(outcome: Outcome, number: int, deed: str) -> Iterator[None]:
    """What nobody expected is a violation of its own."""
    try:
        yield
    except Exception as trouble:  # whatever it is, the seed that brings it about is what matters
        found = f"{type(trouble).__name__}: {trouble}"
        outcome.violations.append(Violation(number, deed, "error", deed, "no error", found[:300]))
