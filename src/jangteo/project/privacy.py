"""Joins what people may ask about their data to the faces' words and to the sender of texts."""

from __future__ import annotations

from datetime import timedelta

import structlog

from jangteo.domains.people import senders
from jangteo.domains.people.ports import TextRejected, TextUnknown
from jangteo.domains.regulars.effects import TakeOuts
from jangteo.domains.regulars.jobs import Forgetting, end_old_take_outs, keep_to_time_limits
from jangteo.domains.regulars.privacy_models import Deletion
from jangteo.faces._parts.words.privacy import forgotten_words
from jangteo.faces.shop.take_out_file import write
from jangteo.kernel.outbox.deliver import Handler
from jangteo.kernel.periodic import Job

log = structlog.get_logger(__name__)


def handlers() -> dict[str, Handler]:
    """Outbox topics of people's own data."""
    return {"takeout.build": TakeOuts(write).build}


def jobs() -> list[Job]:
    """People are forgotten within minutes of their time to think; everything else goes once a day."""
    return [
        Job("regulars.forget", timedelta(minutes=10), Forgetting(tell).run),
        Job("regulars.take_outs", timedelta(minutes=10), end_old_take_outs),
        Job("regulars.time_limits", timedelta(hours=24), keep_to_time_limits),
    ]


def tell(phone: str, deletion: Deletion) -> None:
    """The last text to this number, which by now is written down nowhere. Told once: the proof's page says it too."""
    sender = senders.current()
    if sender is None:
        return
    try:
        sender.send(to=phone, text=forgotten_words(deletion), key=f"forgotten:{deletion.pk}")
    except (TextRejected, TextUnknown) as failure:
        log.warning("forgotten_not_told", deletion=deletion.pk, why=type(failure).__name__)
