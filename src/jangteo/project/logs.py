"""Structured logs to stderr. Phone numbers, names and tokens never get here: callers pass ids."""

from __future__ import annotations

import logging
import re
import sys

import structlog

# Every secret in an address (order, link, live ticket) has at least this many URL-safe characters.
_SECRET = re.compile(r"[\w-]{22,}")


def without_secrets(
    _logger: structlog.typing.WrappedLogger, _method: str, event: structlog.typing.EventDict
) -> structlog.typing.EventDict:
    """Shorten secrets in lines that Django writes about an address: a log must not open anybody's order."""
    event["event"] = _SECRET.sub(lambda found: f"{found[0][:4]}…", str(event["event"]))
    return event


_SHARED: tuple[structlog.typing.Processor, ...] = (
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
)


def configure(level: str) -> None:
    """Send Django's and our own log lines through one formatter: coloured on a terminal, JSON elsewhere."""
    renderer: structlog.typing.Processor = (
        structlog.dev.ConsoleRenderer()
        if sys.stderr.isatty()
        else structlog.processors.JSONRenderer(ensure_ascii=False)
    )
    handler = logging.StreamHandler()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*_SHARED, without_secrets],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        )
    )
    logging.basicConfig(level=level, handlers=[handler], force=True)
    # httpx writes whole addresses at INFO, and those of a gateway hold payment keys; templates write at DEBUG what
    # they were given, people's names and numbers too.
    for noisy in ("httpx", "httpcore", "django.template"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    structlog.configure(
        processors=[*_SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
