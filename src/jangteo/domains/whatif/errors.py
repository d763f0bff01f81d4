"""Why a scenario could not be kept."""

from __future__ import annotations

from jangteo.kernel.errors import Refused


class WhatifRefused(Refused):
    code = "whatif.refused"


class TooManyScenarios(WhatifRefused):
    """Facts: most."""

    code = "whatif.too_many"


class BadName(WhatifRefused):
    """Empty, too long, or of another one. Facts: most."""

    code = "whatif.bad_name"
