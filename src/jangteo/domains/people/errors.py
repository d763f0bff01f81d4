from __future__ import annotations

from jangteo.kernel.errors import Refused


class PeopleRefused(Refused):
    code = "people.refused"


class LinkDead(PeopleRefused):
    """The link is unknown, too old, or already belongs to another device."""

    code = "people.link_dead"
