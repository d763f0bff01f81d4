"""A person's phone: a browser window that counts taps and keeps whatever the browser complains about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypedDict, Unpack

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Dialog,
    Locator,
    Page,
    Response,
    StorageState,
)

# The same engine without a window around it loads a page with half the work.
BROWSERS = (Path("/usr/bin/chromium-headless-shell"), Path("/usr/bin/chromium"))
CHROMIUM = next((path for path in BROWSERS if path.exists()), BROWSERS[-1])
WHOLE_CHROMIUM = BROWSERS[-1]
# A page lives for a second: optimising its scripts costs more than it gains.
ARGUMENTS = (
    "--js-flags=--no-opt",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--autoplay-policy=no-user-gesture-required",
)
PATIENCE_MS = 15_000
# The browser says this of every page that is answered with 403, 404, 409 or 422, which are pages like any other.
PLAIN_REFUSAL = "Failed to load resource: the server responded with a status of 4"
LOST = tuple(
    f"net::ERR_{why}"
    for why in (
        "CONNECTION_REFUSED",
        "CONNECTION_RESET",
        "EMPTY_RESPONSE",
        "INCOMPLETE_CHUNKED_ENCODING",
        "INTERNET_DISCONNECTED",
        "NETWORK_CHANGED",
    )
)


@dataclass(slots=True)
class Phone:
    """One window in a browser profile of its own."""

    page: Page
    base: str
    taps: int = 0
    complaints: list[str] = field(default_factory=list)

    def open(self, path: str) -> Phone:
        """Type an address, or follow a whole one."""
        self.page.goto(path if path.startswith("http") else self.base + path)
        return self

    def tab(self) -> Phone:
        """A second window of the same browser."""
        other = Phone(self.page.context.new_page(), self.base, complaints=self.complaints)
        _listen(other)
        return other

    def keep(self, cookies: Mapping[str, str]) -> None:
        """Forget every cookie but these."""
        self.page.context.clear_cookies()
        _keep(self.page.context, cookies, self.base)

    def tap(self, target: Locator) -> None:
        self.taps += 1
        target.click()

    def press(self, name: str) -> None:
        """Tap the button with these words."""
        self.tap(self.page.get_by_role("button", name=name).locator("visible=true"))

    def follow(self, name: str) -> None:
        """Tap the link with these words."""
        self.tap(self.page.get_by_role("link", name=name).locator("visible=true"))

    def fill(self, label: str, text: str) -> None:
        self.page.get_by_label(label).fill(text)

    def choose(self, name: str) -> None:
        """Tap the card of a radio button."""
        self.tap(self.page.locator(".choice", has_text=name))

    def text(self, selector: str = "main") -> str:
        """What can be read there, blanks made one."""
        return " ".join(self.page.locator(selector).inner_text().split())

    def see(self, words: str) -> Locator:
        """The place where these words can be read."""
        return self.page.get_by_text(words).locator("visible=true").first

    def mark(self) -> None:
        """Remember this very document, to find out later whether it was loaded anew."""
        self.page.evaluate("document.marked = true")

    @property
    def is_marked(self) -> bool:
        return bool(self.page.evaluate("document.marked === true"))


class KindFields(TypedDict, total=False):
    width: int
    height: int
    scripts: bool
    language: str
    cookies: Mapping[str, str]
    kept: StorageState | None
    opens_offline: bool


@dataclass(frozen=True, slots=True)
class Kind:
    """What somebody holds in their hand."""

    width: int = 360
    height: int = 740
    scripts: bool = True
    language: str = "ko-KR"
    cookies: Mapping[str, str] = field(default_factory=dict)
    kept: StorageState | None = None
    # Workers fetch a whole face for themselves: only who is going to need that has them.
    opens_offline: bool = False


class Phones:
    """Hands out phones: `phone(width=1280, scripts=False)`, the fields of `Kind`."""

    def __init__(self, browser: Browser, base: str) -> None:
        self._browser = browser
        self._base = base
        self._given: list[tuple[Phone, bool]] = []

    def __call__(self, *, line_breaks: bool = False, **kind: Unpack[KindFields]) -> Phone:
        """A new phone; `line_breaks` for one whose connection is going to be cut."""
        phone = Phone(_context(self._browser, self._base, Kind(**kind)).new_page(), self._base)
        _listen(phone)
        self._given.append((phone, line_breaks))
        return phone

    def close(self) -> None:
        for phone, _ in self._given:
            phone.page.context.close()

    def complaints(self) -> list[str]:
        """What the browsers had to say of all of them, but for lost connections where they had to be lost."""
        return [
            text
            for phone, line_breaks in self._given
            for text in phone.complaints
            if not (line_breaks and any(lost in text for lost in LOST))
        ]


def _context(browser: Browser, base: str, kind: Kind) -> BrowserContext:
    context = browser.new_context(
        viewport={"width": kind.width, "height": kind.height},
        java_script_enabled=kind.scripts,
        locale=kind.language,
        timezone_id="Asia/Seoul",
        has_touch=True,
        reduced_motion="reduce",
        storage_state=kind.kept,
        service_workers="allow" if kind.opens_offline else "block",
    )
    context.set_default_timeout(PATIENCE_MS)
    _keep(context, kind.cookies, base)
    return context


def _keep(context: BrowserContext, cookies: Mapping[str, str], base: str) -> None:
    context.add_cookies([{"name": name, "value": value, "url": base} for name, value in cookies.items()])


def _listen(phone: Phone) -> None:
    def on_console(message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(PLAIN_REFUSAL):
            phone.complaints.append(message.text)

    def on_response(response: Response) -> None:
        if response.status >= 500 or (response.status >= 400 and "/static/" in response.url):
            phone.complaints.append(f"{response.status} {response.url}")

    def on_dialog(dialog: Dialog) -> None:
        phone.complaints.append(f"a dialog opened by itself: {dialog.message}")
        dialog.dismiss()

    phone.page.on("console", on_console)
    phone.page.on("dialog", on_dialog)
    phone.page.on("pageerror", lambda error: phone.complaints.append(str(error)))
    phone.page.on("response", on_response)
