"""Every setting comes from the environment, typed, with a safe default. `SETTINGS` is the whole list."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Setting:
    """One environment variable: its default as text and what it does, for the docs."""

    name: str
    default: str
    meaning: str


SETTINGS = (
    Setting("DATABASE_URL", "", "PostgreSQL 15+ to use; empty starts a private one under the var folder"),
    Setting("JANGTEO_VAR", "var", "folder for the private database, uploads and the generated secret"),
    Setting("JANGTEO_SECRET_KEY", "", "signs cookies and links; empty makes one once and keeps it in the var folder"),
    Setting("JANGTEO_HOSTS", "localhost,127.0.0.1", "host names this installation answers to, comma separated"),
    Setting("JANGTEO_HTTPS", "no", "yes: cookies only over HTTPS, HSTS on (behind a TLS proxy)"),
    Setting("JANGTEO_DEBUG", "no", "yes: Django's debug pages; never in a market"),
    Setting("JANGTEO_PORT", "8000", "port of the pages"),
    Setting("JANGTEO_LIVE_PORT", "8001", "port of the live stream"),
    Setting("JANGTEO_LIVE_URL", "", "address of the live stream behind a proxy; empty means same host, live port"),
    Setting("JANGTEO_TOSS_SECRET_KEY", "", "Toss Payments secret key; empty: no card payment"),
    Setting("JANGTEO_TOSS_CLIENT_KEY", "", "Toss Payments client key"),
    Setting("JANGTEO_TOSS_API_URL", "https://api.tosspayments.com", "Toss Payments server API"),
    Setting("JANGTEO_TOSS_SDK_URL", "https://js.tosspayments.com/v2/standard", "Toss Payments browser script"),
    Setting("JANGTEO_TOSS_SECURITY_KEY", "", "Toss Payments security key, 64 hexadecimal digits; empty: no pay-outs"),
    Setting("JANGTEO_PORTONE_API_SECRET", "", "PortOne V2 API secret; empty: no cash receipts"),
    Setting("JANGTEO_PORTONE_STORE_ID", "", "PortOne store"),
    Setting("JANGTEO_PORTONE_CHANNEL_KEY", "", "PortOne channel"),
    Setting("JANGTEO_PORTONE_API_URL", "https://api.portone.io", "PortOne API"),
    Setting(
        "JANGTEO_CASH_RECEIPT_FROM_WON",
        "100000",
        "cash from which on a receipt is issued unasked; 0: never",
    ),
    Setting("JANGTEO_PORTONE_CARD_CHANNEL_KEY", "", "PortOne channel that takes cards; empty: none through PortOne"),
    Setting("JANGTEO_PORTONE_WEBHOOK_SECRET", "", "PortOne webhook secret (whsec_…); empty: its messages are refused"),
    Setting("JANGTEO_PORTONE_TEST_CHANNEL", "no", "yes: believe payments through a test channel; they move no money"),
    Setting("JANGTEO_PORTONE_SDK_URL", "https://cdn.portone.io/v2/browser-sdk.js", "PortOne browser script"),
    Setting(
        "JANGTEO_PORTONE_WINDOW_URLS",
        "https://*.portone.io,https://*.iamport.co",
        "origins that PortOne's windows come from, comma separated; add the card window's own",
    ),
    Setting("JANGTEO_KAKAOPAY_SECRET_KEY", "", "KakaoPay secret key; empty: no KakaoPay"),
    Setting("JANGTEO_KAKAOPAY_CID", "TC0ONETIME", "KakaoPay shop number; the default is its test shop"),
    Setting("JANGTEO_KAKAOPAY_CID_SECRET", "", "KakaoPay shop secret, where one was given out"),
    Setting("JANGTEO_KAKAOPAY_API_URL", "https://open-api.kakaopay.com", "KakaoPay server API"),
    Setting(
        "JANGTEO_KAKAOPAY_WINDOW_URLS",
        "https://*.kakaopay.com,https://*.kakao.com",
        "origins that KakaoPay's pages come from, comma separated",
    ),
    Setting("JANGTEO_KAKAOPAY_RECEIPT_URL", "", "what the addresses of KakaoPay receipts begin with; empty: no link"),
    Setting("JANGTEO_CARD_GATEWAY", "toss", "who takes cards where both are set up: toss or portone"),
    Setting("JANGTEO_DEPOSIT_HOURS", "24", "how long a virtual account waits for its deposit, 24 at most; 0: none"),
    Setting("JANGTEO_SOLAPI_KEY", "", "Solapi API key for text messages; empty: no texts, no sign-in by phone"),
    Setting("JANGTEO_SOLAPI_SECRET", "", "Solapi API secret"),
    Setting("JANGTEO_SOLAPI_SENDER", "", "registered sender number, digits only"),
    Setting("JANGTEO_SOLAPI_HOOK_SECRET", "", "secret of Solapi's webhook; empty: delivery reports are only fetched"),
    Setting("JANGTEO_SOLAPI_URL", "https://api.solapi.com", "Solapi API"),
    Setting("JANGTEO_PUSH_KEY", "", "private push key, 43 letters; empty: phones ring only while their screen is on"),
    Setting("JANGTEO_PUSH_CONTACT", "", "where push services write if something is wrong: mailto: or https:"),
    Setting(
        "JANGTEO_PUSH_SERVICES",
        "fcm.googleapis.com,*.push.services.mozilla.com,*.notify.windows.com,*.push.apple.com",
        "push services that may be called: hosts, *.hosts, comma separated",
    ),
    Setting("JANGTEO_ADDRESS", "", "address customers open, for links in messages; empty: first host and port"),
    Setting("JANGTEO_SMTP_HOST", "", "mail server; empty: no e-mail"),
    Setting("JANGTEO_SMTP_PORT", "587", "its port"),
    Setting("JANGTEO_SMTP_SENDER", "", "address that e-mail comes from"),
    Setting("JANGTEO_SMTP_USER", "", "user of the mail server; empty: it asks for none"),
    Setting("JANGTEO_SMTP_PASSWORD", "", "its password"),
    Setting("JANGTEO_SMTP_TLS", "yes", "no: a mail server on this machine that speaks no TLS"),
    Setting("JANGTEO_OSRM_URL", "", "OSRM map server for ways by street; empty: straight lines and a factor"),
    Setting("JANGTEO_LOG_LEVEL", "INFO", "how much is logged"),
)

_DEFAULTS = {setting.name: setting.default for setting in SETTINGS}


def text(name: str) -> str:
    """The setting's value. Raises KeyError for a name that is not in `SETTINGS`."""
    default = _DEFAULTS[name]
    return os.environ.get(name, default).strip() or default


def yes(name: str) -> bool:
    """True for yes, true, on, 1."""
    return text(name).lower() in {"yes", "true", "on", "1"}


def number(name: str) -> int:
    """The setting as a whole number. Raises ValueError naming the setting."""
    try:
        return int(text(name))
    except ValueError as wrong:
        raise ValueError(f"{name} must be a whole number, not {text(name)!r}") from wrong


def names(name: str) -> list[str]:
    """A comma separated list, blanks dropped."""
    return [part.strip() for part in text(name).split(",") if part.strip()]


def folder(name: str) -> Path:
    """The setting as an absolute path."""
    return Path(text(name)).absolute()
