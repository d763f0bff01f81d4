from __future__ import annotations

from jangteo.kernel.errors import Refused


class EventsRefused(Refused):
    code = "events.refused"


class BadEvent(EventsRefused):
    """A part of an event cannot be. Facts: field."""

    code = "events.bad_event"


class EventOver(EventsRefused):
    """It is over, or was called off."""

    code = "events.over"


class NoSignUp(EventsRefused):
    """One comes without signing up, or the time for it has passed."""

    code = "events.no_sign_up"


class PlacesGone(EventsRefused):
    """More people than there are places for, and no list of those who wait. Facts: left."""

    code = "events.places_gone"


class BadSignUp(EventsRefused):
    """The name is missing, or too many people come along. Facts: most."""

    code = "events.bad_sign_up"


class SignedUpBefore(EventsRefused):
    code = "events.signed_up_before"


class FewerPlaces(EventsRefused):
    """Fewer places than people who have one. Facts: taken."""

    code = "events.fewer_places"


class NothingToSell(EventsRefused):
    """None of the goods named is on sale with a price."""

    code = "events.nothing_to_sell"


class BadFlash(EventsRefused):
    """A flash sale's percent or times cannot be. Facts: field."""

    code = "events.bad_flash"


class AlreadyFlash(EventsRefused):
    """Facts: name."""

    code = "events.already_flash"


class FlashOver(EventsRefused):
    code = "events.flash_over"
