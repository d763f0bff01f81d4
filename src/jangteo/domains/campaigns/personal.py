"""What a customer agreed to, and which messages went to them."""

from __future__ import annotations

from jangteo.domains.campaigns.actions.forget_person import forget_person
from jangteo.domains.campaigns.models import Consent, Dispatch
from jangteo.kernel.personal import Kept, Part, Person


def kept(person: Person) -> list[Kept]:
    """Two queries."""
    consents = Consent.objects.filter(user_id=person.user_id).order_by("-pk")
    sent = Dispatch.objects.filter(user_id=person.user_id).order_by("-pk")
    return [
        Kept(
            "consents",
            tuple(
                {
                    "at": one.at,
                    "channel": one.channel,
                    "purpose": one.purpose,
                    "state": one.move,
                    "where": one.place,
                    "wording": one.wording,
                }
                for one in consents
            ),
        ),
        Kept("messages", tuple({"at": one.at, "channel": one.channel, "text": one.text} for one in sent)),
    ]


PART = Part(
    kept=kept,
    forget=forget_person,
    covers=frozenset(
        {
            "campaigns.Consent",
            "campaigns.Notice",
            "campaigns.CustomerPush",
            "campaigns.Recipient",
            "campaigns.Dispatch",
        }
    ),
)
