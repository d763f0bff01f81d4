"""Why something at the hub could not be done."""

from __future__ import annotations

from jangteo.kernel.errors import Refused


class HubRefused(Refused):
    code = "hub.refused"


class NoHub(HubRefused):
    """The market gathers no orders."""

    code = "hub.none"


class BadPlan(HubRefused):
    """Facts: field."""

    code = "hub.bad_plan"


class BadRule(HubRefused):
    """Facts: field."""

    code = "hub.bad_rule"


class NotGathered(HubRefused):
    """The order is neither delivered by a wave nor fetched from the shelf, or has gone."""

    code = "hub.not_gathered"


class BadBoxes(HubRefused):
    """Facts: most."""

    code = "hub.bad_boxes"


class StillMissing(HubRefused):
    """Something of the order is not here yet. Facts: stall."""

    code = "hub.still_missing"


class NotToSwap(HubRefused):
    """The good chosen cannot stand in: not on sale, not by the piece, of another stall, kind or tax. Facts: name."""

    code = "hub.not_to_swap"


class SettledBefore(HubRefused):
    """Somebody has already answered for the missing good in another way."""

    code = "hub.settled_before"


class AskFirst(HubRefused):
    """A good that is missing waits for an answer. Facts: name."""

    code = "hub.ask_first"
