from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from jangteo.domains.events.ical import calendar
from jangteo.domains.events.models import Event

AT = datetime(2026, 11, 21, 1, 30, tzinfo=UTC)
WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=80)


def an_event(title: str = "장날", body: str = "", place: str = "", state: str = "shown") -> Event:
    return Event(
        pk=7,
        title=title,
        body=body,
        place=place,
        state=state,
        revision=3,
        starts_at=AT,
        ends_at=AT + timedelta(hours=2),
        changed_at=AT,
    )


def parsed(content: bytes) -> list[tuple[str, str]]:
    """Names and values as RFC 5545 reads them: unfolded lines, TEXT unescaped."""
    assert content.endswith(b"\r\n")
    lines = content.split(b"\r\n")[:-1]
    assert all(len(line) <= 75 and b"\n" not in line for line in lines)
    whole = [line.decode() for line in lines]
    for line in whole:
        assert "\r" not in line
    unfolded: list[str] = []
    for line in whole:
        if line.startswith(" "):
            unfolded[-1] += line[1:]
        else:
            unfolded.append(line)
    pairs = [line.split(":", 1) for line in unfolded]
    return [(name, re.sub(r"\\(.)", lambda m: "\n" if m[1] in "nN" else m[1], value)) for name, value in pairs]


@given(WORDS, WORDS, WORDS)
def test_a_reader_gets_back_what_was_written(title: str, body: str, place: str) -> None:
    read = parsed(calendar("장터시장", "jangteo.kr", [an_event(title, body, place)]))
    facts = dict(read)

    assert facts["SUMMARY"] == title
    assert facts.get("DESCRIPTION", "") == body
    assert facts.get("LOCATION", "") == place
    assert (facts["DTSTART"], facts["DTEND"]) == ("20261121T013000Z", "20261121T033000Z")
    assert (facts["UID"], facts["SEQUENCE"], facts["STATUS"]) == ("event-7@jangteo.kr", "3", "CONFIRMED")
    opened = [value for name, value in read if name == "BEGIN"]
    assert opened == ["VCALENDAR", "VEVENT"] == [value for name, value in read if name == "END"][::-1]


def test_lines_cannot_be_smuggled_in() -> None:
    read = parsed(calendar("장터시장", "x.kr", [an_event("장날\r\nATTACH:http://evil", "첫 줄\n둘째 줄\x00")]))

    assert "ATTACH" not in dict(read)
    assert dict(read)["DESCRIPTION"] == "첫 줄\n둘째 줄"


def test_the_phone_itself_reminds_but_not_of_what_was_called_off() -> None:
    reminders = [
        value for name, value in parsed(calendar("장", "x.kr", [an_event()], reminds=True)) if name == "TRIGGER"
    ]
    assert reminders == ["-PT1440M", "-PT120M"]
    off = parsed(calendar("장", "x.kr", [an_event(state="called_off")], reminds=True))
    assert ("STATUS", "CANCELLED") in off
    assert "TRIGGER" not in dict(off)
