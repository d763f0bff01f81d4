"""Whose phones and programs are in: for the association, in the market in scope."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Count

from jangteo.domains.people.models import ApiToken, Device, Role


def live_devices(stall_id: int) -> list[Device]:
    """Devices of a stall that are not shut out, newest first."""
    rows = Device.objects.filter(stall_id=stall_id, revoked_at__isnull=True)
    return list(rows.order_by("-bound_at", "-pk"))


def devices_per_stall() -> dict[int, int]:
    """How many live devices each stall has; stalls without one are absent."""
    rows = Device.objects.filter(stall__isnull=False, revoked_at__isnull=True).order_by("stall_id")
    return dict(rows.values_list("stall_id").annotate(devices=Count("pk")))


def devices_by_id(device_ids: Collection[int]) -> dict[int, Device]:
    """Devices with their stall, also those shut out: the log still names them."""
    return {d.pk: d for d in Device.objects.filter(pk__in=device_ids).select_related("stall")} if device_ids else {}


def live_tokens(stall_id: int) -> list[ApiToken]:
    """Tokens of programs that act as the stall, newest first."""
    rows = ApiToken.objects.filter(stall_id=stall_id, revoked_at__isnull=True)
    return list(rows.order_by("-created_at", "-pk"))


def stall_token(token_id: int) -> ApiToken:
    """A token that acts as a stall, also one that was taken back. Raises ApiToken.DoesNotExist."""
    return ApiToken.objects.filter(stall__isnull=False).get(pk=token_id)


def helper_devices() -> list[Device]:
    """Phones of helpers that are not shut out, newest first."""
    rows = Device.objects.filter(role=Role.HELPER, revoked_at__isnull=True)
    return list(rows.order_by("-bound_at", "-pk"))
