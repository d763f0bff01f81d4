"""What a message is, which way it goes and what people have said about it."""

from __future__ import annotations

from enum import StrEnum


class Channel(StrEnum):
    """Ways to a person, the cheapest first."""

    PUSH = "push"
    EMAIL = "email"
    ALIMTALK = "alimtalk"
    SMS = "sms"


class Purpose(StrEnum):
    """What a consent is for; what an order brings about needs none."""

    AD = "ad"
    AD_NIGHT = "ad_night"


class Move(StrEnum):
    """One row of a consent. CONFIRMED: the person was reminded of it, as the law wants every two years."""

    GIVEN = "given"
    WITHDRAWN = "withdrawn"
    CONFIRMED = "confirmed"


class Kind(StrEnum):
    """NEWS praises something, so it is advertising. GRANTED tells of what the person has earned. NOTICE is owed."""

    NEWS = "news"
    GRANTED = "granted"
    NOTICE = "notice"


class Basis(StrEnum):
    """By which deed of theirs a person has got what a GRANTED message tells of."""

    NONE = ""
    BOUGHT = "bought"
    TOOK_PART = "took_part"


class TemplateState(StrEnum):
    """Where an Alimtalk template stands with Kakao."""

    DRAFT = "draft"
    INSPECTING = "inspecting"
    APPROVED = "approved"
    REJECTED = "rejected"
    STOPPED = "stopped"


class Bar(StrEnum):
    """Why a message does not leave."""

    PRACTICE = "practice"
    UNREACHABLE = "unreachable"
    NO_ADS_HERE = "no_ads_here"
    NO_TEMPLATE = "no_template"
    NO_BASIS = "no_basis"
    WITHDRAWN = "withdrawn"
    NO_CONSENT = "no_consent"
    TOO_OLD = "too_old"
    NIGHT = "night"
    TOO_MANY = "too_many"


class State(StrEnum):
    """Where a campaign stands."""

    QUEUED = "queued"
    SENDING = "sending"
    DONE = "done"
    STOPPED = "stopped"


class Fate(StrEnum):
    """What became of one person in a campaign."""

    HELD = "held"
    WAITING = "waiting"
    CLAIMED = "claimed"
    SENT = "sent"
    FAILED = "failed"
    BARRED = "barred"
    STOPPED = "stopped"
