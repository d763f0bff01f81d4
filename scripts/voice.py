"""Speaks what the kiosk says into one file: `python scripts/voice.py`, after a change of its lines or numbers.

Lines stand in `src/jangteo/faces/kiosk/voice_lines.toml`, the words of numbers in `voice_numbers.toml` beside it.
The result, `static/kiosk/voice/voice.pack`, is committed: only a change needs the two programs, which Debian has:
`apt-get install espeak-ng opus-tools`. What is spoken already is taken over as it is, so a second run changes nothing.

The pack: four bytes with the length of what follows, little end first; that much JSON; then one Ogg Opus file after
the other. The JSON has for each language {"lines": {key: pieces}, "numbers": words and the clips made of them,
"clips": {text: [first byte after the JSON, length]}}. A piece in braces is a value, every other one the text of a clip.
"""

from __future__ import annotations

import array
import io
import json
import math
import re
import shutil
import subprocess
import sys
import tomllib
import wave
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

KIOSK = Path(__file__).resolve().parents[1] / "src" / "jangteo" / "faces" / "kiosk"
LINES = KIOSK / "voice_lines.toml"
NUMBERS = KIOSK / "voice_numbers.toml"
PACK = KIOSK / "static" / "kiosk" / "voice" / "voice.pack"
LANGUAGES = ("ko", "en")
VALUES = frozenset({"{won}", "{count}", "{number}"})
MOST_BYTES = 700_000
_VALUE = re.compile(r"(\{\w+\})")
_ENDS = (".", "?", "!")
# What is quieter than this part of the loudest sample, before the first and after the last sound, is cut off.
_QUIET = 100
_MARGIN_MS = 12
# Root mean square of all clips, so that 칠십 is heard as well as 여섯 개; no sample may be louder than the second.
_LOUDNESS = 3_600
_LOUDEST = 31_000
_LENGTH_BYTES = 4

# Words, lists of them by digit, and tables of them by scale and digit.
Words = dict[str, str | list[str] | dict[str, str] | dict[str, list[str]]]


class Language(TypedDict):
    """One language of the pack, as its JSON has it."""

    recipe: str
    lines: dict[str, list[str]]
    numbers: Words
    clips: dict[str, list[int]]


@dataclass(frozen=True, slots=True)
class Speaker:
    """How a language is spoken: the voice of espeak-ng, its speed (about four Korean syllables a second), its pitch."""

    voice: str
    words_per_minute: int
    pitch: int
    kilobits: int = 11

    @property
    def recipe(self) -> str:
        """Another one means to speak everything anew."""
        return f"{self.voice} {self.words_per_minute} {self.pitch} {self.kilobits} {_LOUDNESS}"


SPEAKERS = {"ko": Speaker("ko", 140, 45), "en": Speaker("en-us", 145, 45)}


def main() -> None:
    missing = [name for name in ("espeak-ng", "opusenc") if shutil.which(name) is None]
    if missing:
        sys.exit(f"{', '.join(missing)}: not here. On Debian: apt-get install espeak-ng opus-tools")
    before = read(PACK.read_bytes()) if PACK.exists() else {}
    spoken = 0
    parts: dict[str, Language] = {}
    sound = io.BytesIO()
    for language in LANGUAGES:
        parts[language] = Language(
            recipe=SPEAKERS[language].recipe, lines=lines(language), numbers=numbers(language), clips={}
        )
        known = before.get((language, SPEAKERS[language].recipe), {})
        for text in texts(language):
            clip = known.get(text) or speak(text, SPEAKERS[language])
            spoken += text not in known
            parts[language]["clips"][text] = [sound.tell(), len(clip)]
            sound.write(clip)
    head = json.dumps(parts, ensure_ascii=False, separators=(",", ":")).encode()
    PACK.parent.mkdir(parents=True, exist_ok=True)
    size = PACK.write_bytes(len(head).to_bytes(_LENGTH_BYTES, "little") + head + sound.getvalue())
    clips = sum(len(part["clips"]) for part in parts.values())
    print(f"{PACK.name}: {clips} clips, {spoken} of them new, {size:,} bytes")
    if size > MOST_BYTES:
        sys.exit(f"that is more than {MOST_BYTES:,}")


@dataclass(frozen=True, slots=True)
class Korean:
    """The words of Korean numbers, as in `voice_numbers.toml`."""

    digits: list[str]
    scales: dict[str, str]
    ten_thousand: str
    nought: str
    won: str
    native_ones: list[str]
    native_tens: list[str]
    twenty: str
    thing: str
    ticket: str
    letters: dict[str, str]

    def clips(self) -> Words:
        """Every clip that a number is put together of; tables are from scale ("1" to "1000") and digit.

        `middle` goes on (사천), `end` is the last of an amount (사천 원). `man` is the last before 만 (사십만),
        `man_end` the last of an amount there (사만 원). An amount whose last clip is in no table of ends is followed by
        `won`: such are rare and would make the pack larger. `things` are 한 개 to 아홉 개, `tens_of_things` 열 개 to
        아흔 개.
        """
        above = {scale: [_scaled(digit, name) for digit in self.digits] for scale, name in self.scales.items()}
        man = [f"{digit}{self.ten_thousand}" for digit in self.digits]
        tens_of_man = {scale: [one and f"{one}{self.ten_thousand}" for one in above[scale]] for scale in ("10", "100")}
        tens = [self.twenty if digit == 2 else ten for digit, ten in enumerate(self.native_tens)]
        return {
            "nought": self.nought,
            "nought_won": _counted(self.nought, self.won),
            "won": self.won,
            "ticket": self.ticket,
            "letters": self.letters,
            "middle": {"1": self.digits, **above},
            "end": {scale: [_counted(one, self.won) for one in ones] for scale, ones in above.items()},
            "man": {"1": man, **tens_of_man},
            "man_end": {"1": [_counted(one, self.won) for one in man]},
            "native_tens": self.native_tens,
            "things": [_counted(one, self.thing) for one in self.native_ones],
            "tens_of_things": [_counted(ten, self.thing) for ten in tens],
        }


def _scaled(digit: str, scale: str) -> str:
    """이백, but 백 and not 일백."""
    return f"{'' if digit == '일' else digit}{scale}" if digit else ""


def _counted(number: str, counter: str) -> str:
    return f"{number} {counter}" if number else ""


def lines(language: str) -> dict[str, list[str]]:
    """Every line by its key, cut into pieces."""
    listed = tomllib.loads(LINES.read_text(encoding="utf-8"))
    return {key: pieces(line[language]) for key, line in listed.items()}


def numbers(language: str) -> Words:
    """What numbers are put together of: for Korean whole clips, for English single words."""
    words = tomllib.loads(NUMBERS.read_text(encoding="utf-8"))[language]
    return Korean(**words).clips() if language == "ko" else words


def pieces(line: str) -> list[str]:
    """What is said at one go, and values between: "Done. Your number is", "{number}"."""
    cut = [piece.lstrip(" ,.").rstrip(" ,") for piece in _VALUE.split(line)]
    return [piece for piece in cut if re.search(r"\w", piece)]


def texts(language: str) -> list[str]:
    """Every text of the language that needs a clip, each once: those of the lines, then those of numbers.

    Raises ValueError for a value that nobody can speak.
    """
    said = [piece for line in lines(language).values() for piece in line]
    unknown = {piece for piece in said if _VALUE.fullmatch(piece)} - VALUES
    if unknown:
        raise ValueError(f"{', '.join(sorted(unknown))}: only {', '.join(sorted(VALUES))} can be spoken")
    spoken = [piece for piece in said if piece not in VALUES]
    return list(dict.fromkeys([*spoken, *_leaves(numbers(language))]))


def _leaves(tree: object) -> list[str]:
    if isinstance(tree, dict):
        return [leaf for branch in tree.values() for leaf in _leaves(branch)]
    if isinstance(tree, list):
        return [leaf for branch in tree for leaf in _leaves(branch)]
    return [str(tree)] if tree else []


def speak(text: str, speaker: Speaker) -> bytes:
    """One Ogg Opus file. A text without an end of a sentence is spoken as going on."""
    said = text if text.endswith(_ENDS) else f"{text},"
    manner = ["-v", speaker.voice, "-s", str(speaker.words_per_minute), "-p", str(speaker.pitch), "-z"]
    raw = subprocess.run(["espeak-ng", *manner, "--stdout", said], check=True, capture_output=True).stdout
    small = ["--quiet", "--bitrate", str(speaker.kilobits), "--speech", "--comp", "10", "--framesize", "60"]
    bare = ["--discard-comments", "--padding", "0", "--serial", "1"]
    command = ["opusenc", *small, *bare, "-", "-"]
    return subprocess.run(command, input=levelled(raw), check=True, capture_output=True).stdout


def levelled(sound: bytes) -> bytes:
    """A mono WAV of 16 bits without the silence at both ends, as loud as all others."""
    with wave.open(io.BytesIO(sound)) as whole:
        rate = whole.getframerate()
        samples = array.array("h", whole.readframes(whole.getnframes()))
    loudest = max(map(abs, samples))
    heard = [place for place, sample in enumerate(samples) if abs(sample) > loudest // _QUIET]
    margin = rate * _MARGIN_MS // 1000
    cut = samples[max(0, heard[0] - margin) : heard[-1] + margin]
    loudness = math.sqrt(sum(sample * sample for sample in cut) / len(cut))
    strength = min(_LOUDNESS / loudness, _LOUDEST / loudest)
    cut = array.array("h", (round(sample * strength) for sample in cut))
    written = io.BytesIO()
    with wave.open(written, "wb") as shorter:
        shorter.setnchannels(1)
        shorter.setsampwidth(2)
        shorter.setframerate(rate)
        shorter.writeframes(cut.tobytes())
    return written.getvalue()


def head_of(pack: bytes) -> tuple[dict[str, Language], int]:
    """The JSON of a pack, and where its first clip begins."""
    start = _LENGTH_BYTES + int.from_bytes(pack[:_LENGTH_BYTES], "little")
    return json.loads(pack[_LENGTH_BYTES:start]), start


def read(pack: bytes) -> dict[tuple[str, str], dict[str, bytes]]:
    """The clips of a pack by language and recipe, then by text."""
    parts, start = head_of(pack)
    return {
        (language, part["recipe"]): {
            text: pack[start + first : start + first + length] for text, (first, length) in part["clips"].items()
        }
        for language, part in parts.items()
    }


if __name__ == "__main__":
    main()
