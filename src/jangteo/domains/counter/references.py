"""How the references of counter payments begin, so that a gateway's answer finds its way back here.

References of orders are 22 random characters, so that none begins like this by chance.
"""

from __future__ import annotations

SALE_REF = "counter-"
