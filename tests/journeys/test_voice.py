"""The kiosk's voice in a real browser: numbers are said as people say them, every clip plays, silence harms nothing."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from typing import cast

import pytest
from django.templatetags.static import static

from jangteo.faces._parts.words.counting import native
from jangteo.faces._parts.words.saying import won_said
from scripts.voice import PACK, head_of
from tests.journeys.phone import Phone, Phones

PAGE = "/jangteo/help/"
PARTS, _ = head_of(PACK.read_bytes())
TELL_CLIPS = """async ([module, words, kind, values]) => {
  const { clipsOf } = await import(module);
  return values.map((value) => clipsOf(kind, value, words));
}"""
REFUSED = """async ([module, words, asked]) => {
  const { clipsOf } = await import(module);
  return asked.map(([kind, value]) => {
    try { return clipsOf(kind, value, words); } catch (wrong) { return wrong.name; }
  });
}"""
DECODE_ALL = """async ([module, url]) => {
  const { clip, opened } = await import(module);
  const pack = opened(await (await fetch(url)).arrayBuffer());
  const context = new OfflineAudioContext(1, 1, 24000);
  const found = [];
  for (const [language, part] of Object.entries(pack.parts))
    for (const text of Object.keys(part.clips)) {
      const sound = await context.decodeAudioData(clip(pack, language, text));
      const loudest = sound.getChannelData(0).reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
      found.push([text, sound.numberOfChannels, sound.duration, loudest]);
    }
  return found;
}"""
STRETCH = """async ([module, speeds]) => {
  const { stretched } = await import(module);
  const wave = Float32Array.from({ length: 24000 }, (_, n) => Math.sin((2 * Math.PI * 200 * n) / 24000));
  return speeds.map((speed) => {
    const sound = stretched(wave, 24000, speed);
    const crossings = sound.filter((sample, n) => n && sample >= 0 && sound[n - 1] < 0).length;
    return [sound.length, (crossings * 24000) / sound.length, Math.max(...sound)];
  });
}"""
# What would be heard, noted where the browser is told to play it.
LISTEN = """async ([module, url]) => {
  globalThis.heard = [];
  const start = AudioBufferSourceNode.prototype.start;
  AudioBufferSourceNode.prototype.start = function (at) {
    heard.push({ at, length: this.buffer.duration });
    return start.call(this, at);
  };
  const stop = AudioScheduledSourceNode.prototype.stop;
  AudioScheduledSourceNode.prototype.stop = function () { heard.pop(); return stop.call(this); };
  const createGain = AudioContext.prototype.createGain;
  AudioContext.prototype.createGain = function () { return (globalThis.loudness = createGain.call(this)); };
  globalThis.voice = (await import(module)).openVoice(url);
}"""
# The driver's own calls count as touches.
TOUCHED = (
    "(yes) => Object.defineProperty(navigator, 'userActivation', { value: { hasBeenActive: yes }, configurable: true })"
)
PRICES = (
    *range(13),
    10,
    100,
    110,
    1_000,
    9_999,
    10_000,
    10_010,
    11_111,
    20_000,
    100_000,
    110_000,
    1_000_000,
    9_999_990,
)
SPELLED = {word: number for number, word in enumerate(cast("list[str]", PARTS["en"]["numbers"]["small"]))} | {
    word: 10 * number for number, word in enumerate(cast("list[str]", PARTS["en"]["numbers"]["tens"])) if number > 1
}


@pytest.fixture
def kiosk(phone: Phones) -> Phone:
    return phone().open(PAGE)


def clips(kiosk: Phone, language: str, kind: str, values: Sequence[object]) -> list[list[str]]:
    module = static("kiosk/voice_numbers.js")
    said = kiosk.page.evaluate(TELL_CLIPS, [module, PARTS[language]["numbers"], kind, list(values)])
    return cast("list[list[str]]", said)


def test_amounts_are_said_as_people_say_them(kiosk: Phone) -> None:
    chance = random.Random(4)
    amounts = [*PRICES, *(chance.randrange(10_000_000) for _ in range(1_000)), *range(0, 1_000_000, 990)]

    said = clips(kiosk, "ko", "won", amounts)

    assert {piece for one in said for piece in one} <= set(PARTS["ko"]["clips"])
    assert ["".join(one).replace(" ", "") for one in said] == [
        won_said(won).replace(" ", "") if won else "영원" for won in amounts
    ]
    assert max(map(len, said)) == 8


def test_counts_are_said_with_their_counter(kiosk: Phone) -> None:
    said = clips(kiosk, "ko", "count", range(1, 100))

    assert {piece for one in said for piece in one} <= set(PARTS["ko"]["clips"])
    assert ["".join(one) for one in said] == [f"{native(count)} 개" for count in range(1, 100)]


def test_ticket_numbers_are_said_with_a_pause_after_the_kiosk(kiosk: Phone) -> None:
    tickets = ["K1-07", "K12-120", "7", "K1-10020"]

    assert clips(kiosk, "ko", "number", tickets) == [
        ["케이", "일", "", "칠", "번"],
        ["케이", "십", "이", "", "백", "이십", "번"],
        ["칠", "번"],
        ["케이", "일", "", "만", "이십", "번"],
    ]
    assert clips(kiosk, "en", "number", tickets[:2]) == [
        ["K", "one", "", "seven"],
        ["K", "twelve", "", "one", "hundred", "twenty"],
    ]


def test_english_numbers_read_back(kiosk: Phone) -> None:
    chance = random.Random(5)
    amounts = [*PRICES, *(chance.randrange(10_000_000) for _ in range(500))]
    said = clips(kiosk, "en", "won", amounts)
    counts = clips(kiosk, "en", "count", range(1, 100))

    assert {piece for one in [*said, *counts] for piece in one} <= set(PARTS["en"]["clips"])
    assert [number_of(one) for one in said] == [(won, "won") for won in amounts]
    assert [number_of(one) for one in counts] == [(1, "item"), *((count, "items") for count in range(2, 100))]


def number_of(words: list[str]) -> tuple[int, str]:
    """English words read, each group below a thousand for itself."""
    total = group = 0
    for word in words[:-1]:
        if word in ("million", "thousand"):
            total, group = total + group * {"million": 1_000_000, "thousand": 1_000}[word], 0
        else:
            group = group * 100 if word == "hundred" else group + SPELLED[word]
    return total + group, words[-1]


def test_what_cannot_be_spoken_is_refused(kiosk: Phone) -> None:
    asked = [
        ["won", -10],
        ["won", 10_000_000],
        ["won", 1.5],
        ["count", 0],
        ["count", 100],
        ["number", "K1"],
        ["good", 1],
    ]
    module = static("kiosk/voice_numbers.js")

    assert kiosk.page.evaluate(REFUSED, [module, PARTS["ko"]["numbers"], asked]) == ["RangeError"] * len(asked)


def test_every_clip_plays_and_is_loud_enough(kiosk: Phone) -> None:
    found = kiosk.page.evaluate(DECODE_ALL, [static("kiosk/voice.js"), static("kiosk/voice/voice.pack")])

    assert len(found) == sum(len(part["clips"]) for part in PARTS.values())
    assert [text for text, channels, _, _ in found if channels != 1] == []
    assert [(text, loudest) for text, _, _, loudest in found if not 0.15 < loudest <= 1.2] == []
    # Nobody speaks faster than nine syllables a second, and no clip holds a silence that is not in its text.
    assert [text for text, _, seconds, _ in found if not sounds(text) / 9 < seconds < sounds(text) / 2 + 0.6] == []


def sounds(text: str) -> int:
    """Syllables: letters in Korean, groups of vowels in English."""
    return len(re.findall(r"[가-힣]|[aeiouyAEIOUYK]+", text))


def test_speed_changes_the_length_and_not_the_pitch(kiosk: Phone) -> None:
    slow, fast = kiosk.page.evaluate(STRETCH, [static("kiosk/voice_stretch.js"), [0.75, 1.25]])

    for (length, pitch, loudest), expected in ((slow, 32_000), (fast, 19_200)):
        assert length == expected
        assert pitch == pytest.approx(200, abs=4)
        assert loudest == pytest.approx(1, abs=0.1)


def test_it_speaks_after_the_first_touch_and_stops(kiosk: Phone) -> None:
    page = kiosk.page
    page.evaluate(LISTEN, [static("kiosk/voice.js"), static("kiosk/voice/voice.pack")])
    page.evaluate(TOUCHED, False)
    assert page.evaluate("voice.say('choose')") is False

    page.evaluate(TOUCHED, True)

    assert page.evaluate("voice.again()") is True
    assert page.evaluate("heard.length") == 1
    assert page.evaluate("voice.say('confirm', { count: 2, won: 15000 })") is True
    assert page.evaluate("heard.length") == 6  # you have, two things, in all, ten thousand, five thousand, is it right
    assert page.evaluate("heard.every(({ at, length }, n) => !n || at > heard[n - 1].at + heard[n - 1].length)")
    page.evaluate("voice.stop()")
    assert page.evaluate("heard.length") == 0


def test_slower_speech_takes_longer(kiosk: Phone) -> None:
    page = kiosk.page
    page.evaluate(LISTEN, [static("kiosk/voice.js"), static("kiosk/voice/voice.pack")])
    lengths = []
    for speed in (0.75, 1, 1.25):
        assert page.evaluate(
            "(speed) => { voice.speed = speed; return voice.say('confirm', { count: 3, won: 0 }); }", speed
        )
        lengths.append(page.evaluate("heard.reduce((sum, { length }) => sum + length, 0)"))

    assert lengths[1] > 3
    assert lengths[0] == pytest.approx(lengths[1] / 0.75, rel=0.01)
    assert lengths[2] == pytest.approx(lengths[1] / 1.25, rel=0.01)


def test_it_is_silent_when_switched_off_or_when_something_is_missing(kiosk: Phone) -> None:
    page = kiosk.page
    page.evaluate(LISTEN, [static("kiosk/voice.js"), static("kiosk/voice/voice.pack")])

    assert page.evaluate("voice.say('no-such-line')") is False
    assert page.evaluate("voice.say('confirm', { count: 2 })") is False
    assert page.evaluate("() => { voice.on = false; return voice.say('choose'); }") is False
    assert page.evaluate("() => { voice.on = true; voice.language = 'en'; return voice.say('choose'); }") is True
    assert page.evaluate("(async () => { AudioContext = undefined; return voice.say('choose'); })()") is False
    nowhere = (
        "async (module) => { const v = (await import(module)).openVoice('/jangteo/no.pack'); return v.say('choose'); }"
    )
    assert page.evaluate(nowhere, static("kiosk/voice.js")) is False


def test_pulling_the_earphones_out_stops_it(kiosk: Phone) -> None:
    page = kiosk.page
    page.evaluate(LISTEN, [static("kiosk/voice.js"), static("kiosk/voice/voice.pack")])
    assert page.evaluate("voice.say('choose')") is True

    page.evaluate("navigator.mediaDevices.dispatchEvent(new Event('devicechange'))")

    assert page.evaluate("heard.length") == 0


def test_its_loudness_changes_while_it_speaks(kiosk: Phone) -> None:
    page = kiosk.page
    page.evaluate(LISTEN, [static("kiosk/voice.js"), static("kiosk/voice/voice.pack")])
    page.evaluate("() => { voice.volume = 0.4; return voice.say('choose'); }")

    assert page.evaluate("loudness.gain.value") == pytest.approx(0.16)
    assert page.evaluate("() => { voice.volume = 2; return [voice.volume, loudness.gain.value]; }") == [1, 1]
    assert page.evaluate("heard.length") == 1
