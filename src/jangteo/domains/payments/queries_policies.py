"""Policies and cashback as people look at them."""

from __future__ import annotations

from django.db.models import Sum

from jangteo.domains.ledger.models import LimitedAccount
from jangteo.domains.markets.models import Kind, Market
from jangteo.domains.payments.eligibility import area_of
from jangteo.domains.payments.policy_files import Place, ReadPolicies
from jangteo.domains.payments.policy_models import CashbackGrant, PolicyRow
from jangteo.domains.payments.rules.policy_plan import Plan, plan_policies
from jangteo.kernel import clock


def policy_rows() -> list[PolicyRow]:
    """Every row of the market in scope by scheme, area and first day, also those taken back before they began."""
    return list(PolicyRow.objects.select_related("replaces"))


def policy_row(policy_id: int) -> PolicyRow:
    """The row in scope. Raises PolicyRow.DoesNotExist."""
    return PolicyRow.objects.get(pk=policy_id)


def program_left_won(program: str) -> int:
    """What a program's budget still has, holds taken off."""
    row = LimitedAccount.objects.filter(account=f"subsidy:{program}").first()
    return 0 if row is None else row.balance_won - row.held_won


def cashback_of(order_ref: str) -> CashbackGrant | None:
    """The cashback that was given for an order."""
    return CashbackGrant.objects.filter(order_ref=order_ref).first()


def cashback_given_won(customer_id: int, scheme: str) -> int:
    """All that a customer was ever given under a scheme."""
    given = CashbackGrant.objects.filter(customer_id=customer_id, scheme=scheme)
    return given.aggregate(won=Sum("granted_won"))["won"] or 0


def place_of(market: Market) -> Place:
    """For whom a file of policies is read."""
    kinds = Kind.objects.filter(market=market).values_list("key", "name")
    names = {name: key for key, name in kinds}
    return Place(area_of(market.address_road or market.address_lot), names)


def preview_policies(read: ReadPolicies) -> Plan:
    """What taking in the file would change in the market in scope. Raises what the action raises."""
    standing = [row.policy() for row in PolicyRow.objects.all() if not row.never_holds]
    return plan_policies(standing, read.policies, clock.calendar_day())
