"""Access records and sign-ins whose time is over."""

from __future__ import annotations

from datetime import datetime

from jangteo.domains.markets.models import Market
from jangteo.domains.regulars.privacy_models import Look, SignIn
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def forget_old_looks(*, market: Market, actor: Actor, looks_before: datetime, sign_ins_before: datetime) -> int:
    """Delete them; how many. PostgreSQL refuses to delete younger ones than the law wants."""
    looks, _ = Look.objects.filter(at__lt=looks_before).delete()
    sign_ins, _ = SignIn.objects.filter(at__lt=sign_ins_before).delete()
    return looks + sign_ins
