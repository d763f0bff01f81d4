"""Who pays the stalls."""

from __future__ import annotations

from django.db.models import TextChoices


class Mode(TextChoices):
    """OWN_CONTRACT: each stall has a contract with the gateway, and a run only says what that brings. GATEWAY_PAYS: the
    gateway keeps the money and pays the stalls out. ASSOCIATION_PAYS: the money comes to the association's account,
    which takes a registration by 전자금융거래법 제28조."""

    OWN_CONTRACT = "own_contract"
    GATEWAY_PAYS = "gateway_pays"
    ASSOCIATION_PAYS = "association_pays"


class RunState(TextChoices):
    """What is collected and not closed yet is the open period; it has no run."""

    CLOSED = "closed"
    REVIEWED = "reviewed"
    APPROVED = "approved"
    EXPORTED = "exported"
    PAID = "paid"
    PART_RETURNED = "part_returned"
    RECONCILED = "reconciled"
    DROPPED = "dropped"


NOT_APPROVED = (RunState.CLOSED, RunState.REVIEWED)
# The bank has the file or the gateway the pay-outs, and can send money back.
SENT = (RunState.EXPORTED, RunState.PAID, RunState.PART_RETURNED)
