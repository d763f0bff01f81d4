"""Who plans ways here, and who says how far it is."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module
from importlib.util import find_spec

from jangteo.adapters.osrm.client import OsrmDistances
from jangteo.domains.delivery.ports import Distances, Router
from jangteo.domains.delivery.routing.plain import PlainRouter
from jangteo.domains.delivery.straight import StraightLines
from jangteo.project import environment


@cache
def router(*, fewest_vehicles: bool = False) -> Router:
    """PyVRP where the extra `routing` is installed, else our own; saving vehicles is what only ours does."""
    own = PlainRouter(fewest_vehicles=fewest_vehicles)
    if fewest_vehicles or find_spec("pyvrp") is None:
        return own
    made: Router = import_module("jangteo.adapters.pyvrp.router").PyVrpRouter(own)
    return made


def distances(before_call: Callable[[], None]) -> Distances:
    """A map server where one is named, else straight lines. Nothing is asked of the network without a name."""
    address = environment.text("JANGTEO_OSRM_URL")
    return OsrmDistances(base_url=address, before_call=before_call) if address else StraightLines()
