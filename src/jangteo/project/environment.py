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
    Setting("JANGTEO_SOLAPI_KEY", "", "Solapi API key for text messages; empty: no texts, no sign-in by phone"),
    Setting("JANGTEO_SOLAPI_SECRET", "", "Solapi API secret"),
    Setting("JANGTEO_SOLAPI_SENDER", "", "registered sender number, digits only"),
    Setting("JANGTEO_SOLAPI_URL", "https://api.solapi.com", "Solapi API"),
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
