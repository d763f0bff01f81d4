"""Goods put up by voice, in a browser that hears what the test says."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.journeys.phone import Phones
from tests.journeys.steps import at_the_stall
from tests.journeys.town import Town

# Chromium for tests hears nothing and has no voice: this one hears two sentences, the first not at all.
HEARS = """
  const heard = [null, "고등어 한 손 구천 원"];
  globalThis.webkitSpeechRecognition = globalThis.SpeechRecognition = class {
    start() { setTimeout(() => this.hear(heard.shift())); }
    hear(transcript) {
      if (transcript) this.onresult({ results: [[{ transcript }]] });
      else this.onerror({ error: "no-speech" });
      this.onend();
    }
    stop() {}
    abort() {}
  };
  globalThis.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
  Object.defineProperty(globalThis, "speechSynthesis", { value: {
    getVoices: () => [{ lang: "ko-KR" }],
    speak: ({ text }) => { document.documentElement.dataset.spoken = text; },
    cancel() {},
  } });
"""


def test_a_price_is_said_and_heard_and_taken_back(town: Town, phone: Phones) -> None:
    stall = at_the_stall(town, phone, town.world.fish)
    stall.page.add_init_script(HEARS)
    stall.open("/stall/goods/say/")

    stall.press("눌러서 말하기")
    expect(stall.see("소리가 안 들렸어요. 한 번 더 눌러서 말해 주세요.")).to_be_visible()
    stall.press("눌러서 말하기")

    expect(stall.see("이렇게 들었어요")).to_be_visible()
    expect(stall.page.locator("html[data-spoken='고등어, 9,000원으로 바꿨어요.']")).to_be_attached()
    stall.press("되돌리기")
    expect(stall.see("고등어, 8,000원으로 바꿨어요.")).to_be_visible()
