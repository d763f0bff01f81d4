"""Write down what was sold in a sale, and which of it bears no VAT."""

from __future__ import annotations

from jangteo.domains.catalog.models import Good
from jangteo.domains.counter import rules
from jangteo.domains.counter.errors import LinesWrong
from jangteo.domains.counter.models import CounterSale, SaleLine
from jangteo.domains.counter.told import ToldLine
from jangteo.domains.markets.models import Stall
from jangteo.domains.payments.rules.vat import TaxStatus
from jangteo.kernel.action import step


@step
def write_lines(*, sale: CounterSale, lines: tuple[ToldLine, ...]) -> None:
    """Names, units and tax classes are those of the goods now; what was only typed in bears the stall's usual tax.

    Raises LinesWrong for goods that are not the stall's. Without lines nothing changes.
    """
    wanted = {line.good_id for line in lines if line.good_id is not None}
    goods = {good.pk: good for good in Good.objects.filter(stall_id=sale.stall_id, pk__in=wanted)}
    if len(goods) != len(wanted):
        raise LinesWrong
    rows = [_row(sale, line, None if line.good_id is None else goods[line.good_id]) for line in lines]
    SaleLine.objects.bulk_create(rows)
    if rows:
        sale.exempt = all(row.exempt for row in rows)
        sale.exempt_won = sum(row.amount_won for row in rows if row.exempt)
        sale.save(update_fields=["exempt", "exempt_won"])


def is_exempt(stall: Stall) -> bool:
    """The stall's usual tax class, that of most of its goods."""
    if stall.tax_status == TaxStatus.EXEMPT:
        return True
    shown = Good.objects.filter(stall=stall).exclude(state=Good.State.HIDDEN)
    return rules.sells_exempt(tax == Good.Tax.TAXABLE for tax in shown.values_list("tax", flat=True))


def _row(sale: CounterSale, line: ToldLine, good: Good | None) -> SaleLine:
    # A stall that is exempt as a whole adds no tax to anything, whatever its goods usually bear.
    never_taxed = sale.stall.tax_status == TaxStatus.EXEMPT
    return SaleLine(
        market_id=sale.market_id,
        stall_id=sale.stall_id,
        sale=sale,
        good=good,
        name=line.name.strip() if good is None else good.name,
        unit="" if good is None else good.unit,
        origin="" if good is None else good.origin,
        price_won=line.price_won,
        quantity=line.quantity,
        price_grams=line.price_grams,
        grams=line.grams,
        amount_won=line.amount_won,
        exempt=sale.exempt if good is None else never_taxed or good.tax == Good.Tax.EXEMPT,
    )
