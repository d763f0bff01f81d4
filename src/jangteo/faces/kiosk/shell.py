"""The files that open a kiosk without a network."""

from __future__ import annotations

from pathlib import Path

from jangteo.faces._parts.offline import with_imports

OWN = Path(__file__).parent / "static"
SHARED = ("css/tokens.css", "favicon.svg", "icons.svg")


def shell() -> tuple[str, ...]:
    """By their static names: all of the kiosk's own, and what its scripts import."""
    own = [path.relative_to(OWN).as_posix() for path in sorted(OWN.rglob("*")) if path.is_file()]
    scripts = [name for name in own if name.endswith(".js")]
    return tuple(dict.fromkeys((*SHARED, *own, *with_imports(*scripts))))
