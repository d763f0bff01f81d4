"""How a market settles from now on."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from jangteo.domains.markets.models import Market
from jangteo.domains.settlement.bankfiles.layouts import layouts
from jangteo.domains.settlement.bankfiles.writing import Format
from jangteo.domains.settlement.errors import BadTerms, RegistrationMissing
from jangteo.domains.settlement.models import PayoutTerms
from jangteo.domains.settlement.modes import Mode
from jangteo.domains.settlement.rules import BASIS
from jangteo.kernel import audit
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor

MOST_DAYS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTerms:
    """The fields of `PayoutTerms`."""

    mode: Mode = Mode.OWN_CONTRACT
    registration: str = ""
    fee_bp: int = 0
    gateway_fee_bp: int | None = None
    settle_after: int = 2
    layout: str = "generic"
    made: Format = Format.XLSX


@action
def set_payout_terms(*, market: Market, actor: Actor, terms: NewTerms) -> PayoutTerms:
    """Keep the terms; runs that are closed already stay as they are. The same terms again change nothing.

    Raises RegistrationMissing, BadTerms.
    """
    _check(terms)
    row = PayoutTerms.objects.select_for_update().filter(market=market).first() or PayoutTerms(market=market)
    changed = {field: value for field, value in asdict(terms).items() if getattr(row, field) != value}
    for field, value in changed.items():
        setattr(row, field, value)
    if changed:
        row.save()
        audit.record(
            actor,
            "settlement.terms",
            f"market:{market.pk}",
            fields=",".join(changed),
            mode=terms.mode,
            fee_bp=terms.fee_bp,
        )
    return row


def _check(terms: NewTerms) -> None:
    if terms.mode is Mode.ASSOCIATION_PAYS and not terms.registration.strip():
        raise RegistrationMissing
    fine = {
        # Nobody can keep back a part of money that does not pass here: with own contracts a fee is invoiced.
        "fee_bp": 0 <= terms.fee_bp <= (0 if terms.mode is Mode.OWN_CONTRACT else BASIS),
        "gateway_fee_bp": terms.gateway_fee_bp is None or 0 <= terms.gateway_fee_bp <= BASIS,
        "settle_after": 0 <= terms.settle_after <= MOST_DAYS,
        "layout": terms.layout in layouts(),
    }
    for field, is_fine in fine.items():
        if not is_fine:
            raise BadTerms(field=field)
