"""What an import would do, row by row. Preview prints it, the action commits it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from operator import attrgetter
from typing import Final

from jangteo.domains.markets.calendar import cycle_from_json
from jangteo.domains.markets.errors import DecisionUnusable
from jangteo.domains.markets.national.identity import Identity
from jangteo.domains.markets.national.match import Match, match, repeats
from jangteo.domains.markets.national.report import Finding, Report
from jangteo.domains.markets.national.rows import MarketFile, MarketRow

Value = object
# Fields of Market that a row may set. Each is compared and written on its own, except the cycle and its text.
PLAIN_FIELDS: Final = (
    "name",
    "market_type",
    "address_road",
    "address_lot",
    "latitude",
    "longitude",
    "stall_count",
    "goods_text",
    "vouchers_text",
    "vouchers",
    "homepage",
    "has_toilet",
    "has_parking",
    "founded_year",
    "phone",
    "reference_date",
    "provider",
    "official_code",
)
WRITTEN_FIELDS: Final = (*PLAIN_FIELDS, "cycle_text", "cycle")
# What a running market says of itself. A release only fills in what it has not said.
OWN_FIELDS: Final = {"phone": ("phone",), "cycle": ("cycle", "cycle_text")}


@dataclass(frozen=True, slots=True)
class KnownMarket:
    """A stored market as a plan sees it; `values` holds `WRITTEN_FIELDS`."""

    pk: int
    code: str
    name: str
    identity: Identity
    reference_date: date | None
    values: Mapping[str, Value]
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """A person's word on a doubtful row: `code` of the market it is, or None for a new one."""

    row: int
    code: str | None


@dataclass(frozen=True, slots=True)
class Plan:
    """`creates`: rows with the values of their new market. `updates`: market id -> the values that change."""

    creates: tuple[tuple[MarketRow, Mapping[str, Value]], ...]
    updates: Mapping[int, Mapping[str, Value]]
    report: Report

    @property
    def writes(self) -> bool:
        return bool(self.creates or self.updates)


@dataclass(slots=True)
class _Draft:
    creates: list[tuple[MarketRow, Mapping[str, Value]]] = field(default_factory=list)
    updates: dict[int, Mapping[str, Value]] = field(default_factory=dict)
    unchanged: int = 0
    flagged: list[Finding] = field(default_factory=list)
    rejected: list[Finding] = field(default_factory=list)

    def turn_away(self, finding: Finding) -> None:
        """Nothing of the row is taken in, and somebody should look at it."""
        self.flagged.append(finding)
        self.rejected.append(finding)


def make_plan(file: MarketFile, known: Sequence[KnownMarket], decisions: Sequence[Decision] = ()) -> Plan:
    """Decide every row of the file. Raises DecisionUnusable for a decision on no such row or market."""
    draft = _Draft(flagged=list(file.flagged), rejected=list(file.rejected))
    rows = _set_repeats_aside(file.rows, draft)
    by_pk = {market.pk: market for market in known}
    decided = _positions(decisions, rows, known)
    matches = match([row.identity for row in rows], {pk: one.identity for pk, one in by_pk.items()}, decided)
    for row, found in zip(rows, matches, strict=True):
        if found.candidates:
            draft.turn_away(_doubt(row, found, by_pk))
        elif found.market is None:
            draft.creates.append((row, _values(row)))
        else:
            _compare(row, by_pk[found.market], draft)
    return Plan(tuple(draft.creates), draft.updates, _report(file, draft))


def _report(file: MarketFile, draft: _Draft) -> Report:
    return Report(
        read=file.read,
        created=len(draft.creates),
        updated=len(draft.updates),
        unchanged=draft.unchanged,
        flagged=tuple(sorted(draft.flagged, key=attrgetter("row"))),
        rejected=tuple(sorted(draft.rejected, key=attrgetter("row"))),
    )


def _set_repeats_aside(rows: Sequence[MarketRow], draft: _Draft) -> list[MarketRow]:
    """The rows without those that tell of a market a second time.

    The one with the latest reference date stands, of several such the first. A repetition that says the same is
    unchanged; one that says something else is turned away.
    """
    ranked = sorted(rows, key=lambda row: row.reference_date or date.min, reverse=True)
    aside = repeats([row.identity for row in ranked])
    for at, first in aside.items():
        row, standing = ranked[at], ranked[first]
        finding = Finding(row.row, "match", row.name, "row_repeated", {"first": standing.row})
        if replace(row, row=standing.row) == standing:
            draft.flagged.append(finding)
            draft.unchanged += 1
        else:
            draft.turn_away(finding)
    gone = {ranked[at].row for at in aside}
    return [row for row in rows if row.row not in gone]


def _positions(
    decisions: Sequence[Decision], rows: Sequence[MarketRow], known: Sequence[KnownMarket]
) -> dict[int, int | None]:
    at_row = {row.row: at for at, row in enumerate(rows)}
    pk_of = {market.code: market.pk for market in known}
    positions: dict[int, int | None] = {}
    for decision in decisions:
        if decision.row not in at_row or (decision.code is not None and decision.code not in pk_of):
            raise DecisionUnusable(row=decision.row, code=decision.code or "")
        positions[at_row[decision.row]] = pk_of[decision.code] if decision.code is not None else None
    chosen = [pk for pk in positions.values() if pk is not None]
    if len(chosen) != len(set(chosen)):
        raise DecisionUnusable(row=decisions[-1].row, code=decisions[-1].code or "")
    return positions


def _doubt(row: MarketRow, found: Match, by_pk: Mapping[int, KnownMarket]) -> Finding:
    """Facts: why, and the candidates as "code name", comma separated."""
    candidates = [by_pk[candidate.market] for candidate in found.candidates]
    listed = ", ".join(f"{market.code} {market.name}" for market in candidates)
    facts: dict[str, str | int] = {
        "why": found.candidates[0].why,
        "candidates": listed,
        "first_code": candidates[0].code,
    }
    return Finding(row.row, "match", row.name, "match_doubtful", facts)


def _values(row: MarketRow) -> dict[str, Value]:
    """What a row says, by Market field."""
    values = {name: value for name in PLAIN_FIELDS if (value := getattr(row, name)) is not None}
    if row.cycle_text is not None:
        values["cycle_text"] = row.cycle_text
    if row.cycle is not None:
        values["cycle"] = row.cycle.to_json()
    return values


def _compare(row: MarketRow, market: KnownMarket, draft: _Draft) -> None:
    """Update from a release that is as new as the stored one, or newer. An older one is reported, never written."""
    changes = {name: value for name, value in _wanted(row, market).items() if value != market.values[name]}
    if not _outranks(market.reference_date, row.reference_date):
        if own := _own_among(changes, market):
            draft.flagged.append(Finding(row.row, own[0], "", "market_says_otherwise", {"fields": ", ".join(own)}))
        changes = {name: value for name, value in changes.items() if name not in own}
        if changes:
            draft.updates[market.pk] = changes
        else:
            draft.unchanged += 1
        return
    draft.unchanged += 1
    if differing := sorted(changes.keys() - {"reference_date"}):
        said = row.reference_date.isoformat() if row.reference_date else ""
        facts: dict[str, str | int] = {"stored": str(market.reference_date), "fields": ", ".join(differing)}
        draft.flagged.append(Finding(row.row, "reference_date", said, "release_older", facts))


def _own_among(changes: Mapping[str, Value], market: KnownMarket) -> list[str]:
    said = [fields for name, fields in OWN_FIELDS.items() if market.is_open and market.values[name]]
    return sorted(name for fields in said for name in fields if name in changes)


def _outranks(stored: date | None, said: date | None) -> bool:
    """True when what is stored is newer than what the row says. A row without a date is older than any with one."""
    return stored is not None and (said is None or said < stored)


def _wanted(row: MarketRow, market: KnownMarket) -> dict[str, Value]:
    """The row's values as they should stand. A damaged cycle does not replace a good one, nor its text.

    Whether the market keeps the 31st is its own affair and survives an import.
    """
    values = _values(row)
    stored = market.values["cycle"]
    before = cycle_from_json(stored) if isinstance(stored, dict) else None
    if row.cycle is None and before is not None:
        values.pop("cycle_text", None)
    if row.cycle is not None and before is not None:
        values["cycle"] = replace(row.cycle, on_31st=before.on_31st).to_json()
    return values
