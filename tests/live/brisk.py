"""The live process with a quick pulse, so that a test need not wait a quarter of a minute for it."""

from __future__ import annotations

from jangteo.kernel.live import stream
from jangteo.project.asgi import application

stream.HEARTBEAT_SECONDS = 0.2

__all__ = ["application"]
