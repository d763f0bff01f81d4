"""The live process with a quick pulse, so that a test need not wait a quarter of a minute for it."""

from __future__ import annotations

from jangteo.project.asgi import application

# isort: split
# After what sets Django up.
from jangteo.kernel.live import stream

stream.HEARTBEAT_SECONDS = 0.2

__all__ = ["application"]
