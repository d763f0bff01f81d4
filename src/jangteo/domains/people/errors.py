from __future__ import annotations

from jangteo.kernel.errors import Refused


class PeopleRefused(Refused):
    code = "people.refused"


class LinkDead(PeopleRefused):
    """The link is unknown, too old, or already belongs to another device."""

    code = "people.link_dead"


class NotInPractice(PeopleRefused):
    """Nobody's number is written down where people practise."""

    code = "people.not_in_practice"


class NoSuchPushService(PeopleRefused):
    """The browser's push service is none that this installation calls, or nothing is sent here at all."""

    code = "people.no_such_push_service"


class NumberTaken(PeopleRefused):
    """Another account has this phone number."""

    code = "people.number_taken"
