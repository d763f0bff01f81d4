"""The browser's half of a push service: what it hands out to pages, and how it wakes their workers."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from playwright.sync_api import CDPSession, Page

from jangteo.adapters.webpush.simulator import PracticePhone
from jangteo.adapters.webpush.vapid import Sender
from tests.journeys.phone import PATIENCE_MS
from tests.journeys.town import PUSH_CONTACT, Town

T = TypeVar("T")
EVERY_MS, TRIES = 50, 3
# Its maker's push service cannot be reached from here. This is the browser's half of it: what it hands out to a page.
_HANDS_OUT = """(told) => {
  const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
  const made = (key) => ({
    endpoint: told.endpoint,
    options: { applicationServerKey: bytes(key).buffer },
    toJSON: () => told,
    unsubscribe: async () => { localStorage.removeItem("handed out"); return true; },
  });
  PushManager.prototype.subscribe = async ({ applicationServerKey, userVisibleOnly }) => {
    if (!userVisibleOnly) throw new DOMException("only visible ones", "NotAllowedError");
    localStorage.setItem("handed out", applicationServerKey);
    return made(applicationServerKey);
  };
  PushManager.prototype.getSubscription = async () => {
    const key = localStorage.getItem("handed out");
    return key && made(key);
  };
}"""


@dataclass
class Maker:
    """The maker of a browser, who can wake it."""

    session: CDPSession
    origin: str
    registration: str = ""

    def __post_init__(self) -> None:
        self.session.on("ServiceWorker.workerRegistrationUpdated", self._note)
        self.session.send("ServiceWorker.enable")

    def _note(self, event: dict[str, list[dict[str, str]]]) -> None:
        for one in event["registrations"]:
            self.registration = one["registrationId"]

    def wake(self, text: bytes) -> None:
        told = {"origin": self.origin, "registrationId": self.registration, "data": text.decode()}
        self.session.send("ServiceWorker.deliverPushMessage", told)


def device_of(town: Town) -> PracticePhone:
    return town.push.subscribe(Sender.of(town.push_key, PUSH_CONTACT).public)


def hand_out(page: Page, device: PracticePhone) -> None:
    """From the next page on, asking for a subscription gives this one."""
    told = {"endpoint": device.endpoint, "keys": {"p256dh": device.p256dh, "auth": device.auth}}
    page.add_init_script(f"({_HANDS_OUT})({json.dumps(told)})")


def soon(page: Page, ask: Callable[[], T], is_enough: Callable[[T], object]) -> T:
    """The answer once it is enough, or in the end. (`wait_for_function` takes a promise for a yes.)"""
    for _ in range(PATIENCE_MS // TRIES // EVERY_MS):
        if is_enough(found := ask()):
            return found
        page.wait_for_timeout(EVERY_MS)
    return ask()
