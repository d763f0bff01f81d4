"""The spoken file holds what the lists ask for, word for word, and nothing else."""

from __future__ import annotations

import re
import tomllib

import pytest

from jangteo.faces.kiosk.shell import shell
from scripts.voice import (
    KIOSK,
    LANGUAGES,
    LINES,
    MOST_BYTES,
    PACK,
    SPEAKERS,
    head_of,
    lines,
    numbers,
    pieces,
    read,
    texts,
)

SCRIPTS = KIOSK / "static" / "kiosk"
# `say: …` of a screen, `voice.say(…)` and `say([…])`; the key stands first in brackets or is chosen by a condition.
SAYS = re.compile(r"\bsay(?::|\()")
KEY = re.compile(r"""(?:\[|^|\? |\? \w+ : |(?<=") : )"(\w+)\"""")
# The looks of the first screen are said by their own names.
CHOSEN_BY_NAME = {"contrast", "large", "low"}
AGAIN = "the lines or numbers have changed: run scripts/voice.py"


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_that_is_said_has_its_clip(language: str) -> None:
    part = head_of(PACK.read_bytes())[0][language]

    assert (part["lines"], part["numbers"]) == (lines(language), numbers(language)), AGAIN
    assert list(part["clips"]) == texts(language), AGAIN
    assert part["recipe"] == SPEAKERS[language].recipe, AGAIN


def test_every_clip_is_a_whole_sound_and_they_fill_the_file() -> None:
    content = PACK.read_bytes()
    parts, start = head_of(content)
    spans = sorted(tuple(span) for part in parts.values() for span in part["clips"].values())

    assert [first for first, _ in spans] == [0, *(first + length for first, length in spans[:-1])]
    assert start + sum(spans[-1]) == len(content)
    for clips in read(content).values():
        assert [text for text, clip in clips.items() if not (clip[:4] == b"OggS" and b"OpusHead" in clip[:64])] == []


def test_the_pack_is_small_and_kept_on_the_device() -> None:
    assert PACK.stat().st_size <= MOST_BYTES
    assert {"kiosk/voice/voice.pack", "kiosk/voice.js", "kiosk/voice_numbers.js", "kiosk/voice_stretch.js"} <= set(
        shell()
    )


def test_each_line_stands_in_both_languages_with_the_same_values() -> None:
    listed = tomllib.loads(LINES.read_text(encoding="utf-8"))

    assert [key for key, line in listed.items() if set(line) != set(LANGUAGES)] == []
    values = {
        key: [{word for word in pieces(line[one]) if word[0] == "{"} for one in LANGUAGES]
        for key, line in listed.items()
    }
    assert [key for key, (korean, english) in values.items() if korean != english] == []


def test_a_line_is_cut_at_its_values() -> None:
    assert pieces("고르신 물건 {count}, 모두 {won}. 맞으면 눌러 주세요.") == [
        "고르신 물건",
        "{count}",
        "모두",
        "{won}",
        "맞으면 눌러 주세요.",
    ]


def test_the_screens_say_every_line_and_no_other() -> None:
    lines_said = [
        line
        for script in SCRIPTS.rglob("*.js")
        if not script.name.startswith("voice")
        for line in script.read_text(encoding="utf-8").splitlines()
        if SAYS.search(line)
    ]
    said = {key for line in lines_said for key in KEY.findall(SAYS.split(line, maxsplit=1)[1])}

    assert said | CHOSEN_BY_NAME == set(lines("ko"))
