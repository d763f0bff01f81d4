"""Joins campaigns to those who carry messages: Solapi, a mail server, push services."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import cache

from jangteo.adapters.smtp.client import MailServer, SmtpSender
from jangteo.adapters.solapi.client import SolapiSender
from jangteo.adapters.solapi.letters import SolapiLetters
from jangteo.domains.campaigns import outside
from jangteo.domains.campaigns.effects import CampaignEffects
from jangteo.domains.campaigns.event_telling import tell_due
from jangteo.domains.campaigns.parcel_telling import tell_due_parcels
from jangteo.domains.campaigns.ports import LetterSender, MailSender, Senders
from jangteo.domains.events.jobs import remind_of_events
from jangteo.kernel.outbox.deliver import Handler
from jangteo.kernel.periodic import Job
from jangteo.project import environment


@cache
def senders(before_call: Callable[[], None]) -> Senders:
    """Those that are configured."""
    return Senders(letters=_letters(before_call), mails=_mails(before_call), address=address())


def address() -> str:
    """Where customers open this installation."""
    given = environment.text("JANGTEO_ADDRESS").rstrip("/")
    if given:
        return given
    host = environment.names("JANGTEO_HOSTS")[0]
    if environment.yes("JANGTEO_HTTPS"):
        return f"https://{host}"
    return f"http://{host}:{environment.number('JANGTEO_PORT')}"


def join(before_call: Callable[[], None]) -> None:
    """Let campaigns reach people by what is set up."""
    outside.use(senders(before_call))


def handlers(before_call: Callable[[], None]) -> dict[str, Handler]:
    """The outbox topics of campaigns."""
    effects = CampaignEffects(senders(before_call))
    return {
        "campaign.send": effects.send,
        "campaign.tell": effects.tell,
        "campaign.reports": effects.reports,
        "event.tell": effects.tell_of_event,
        "review.tell": effects.tell_of_prize,
        "rebate.tell": effects.tell_of_turn,
        "parcel.tell": effects.tell_of_parcel,
    }


def jobs(before_call: Callable[[], None]) -> list[Job]:
    """What comes round."""
    effects = CampaignEffects(senders(before_call))
    return [
        Job("campaigns.begin", timedelta(minutes=1), effects.begin_due),
        Job("campaigns.reports", timedelta(minutes=3), effects.read_reports),
        Job("campaigns.remind", timedelta(hours=24), effects.remind),
        Job("events.remind", timedelta(minutes=10), remind_of_events),
        Job("events.tell", timedelta(minutes=1), tell_due),
        Job("hub.tell", timedelta(minutes=1), tell_due_parcels),
    ]


def _letters(before_call: Callable[[], None]) -> LetterSender | None:
    key = environment.text("JANGTEO_SOLAPI_KEY")
    if not key:
        return None
    sender = SolapiSender(
        base_url=environment.text("JANGTEO_SOLAPI_URL"),
        api_key=key,
        api_secret=environment.text("JANGTEO_SOLAPI_SECRET"),
        sender=environment.text("JANGTEO_SOLAPI_SENDER"),
        before_call=before_call,
    )
    return SolapiLetters(sender, environment.text("JANGTEO_SOLAPI_HOOK_SECRET"))


def _mails(before_call: Callable[[], None]) -> MailSender | None:
    host = environment.text("JANGTEO_SMTP_HOST")
    if not host:
        return None
    server = MailServer(
        host=host,
        port=environment.number("JANGTEO_SMTP_PORT"),
        sender=environment.text("JANGTEO_SMTP_SENDER"),
        user=environment.text("JANGTEO_SMTP_USER"),
        password=environment.text("JANGTEO_SMTP_PASSWORD"),
        starttls=environment.yes("JANGTEO_SMTP_TLS"),
    )
    return SmtpSender(server=server, before_call=before_call)
