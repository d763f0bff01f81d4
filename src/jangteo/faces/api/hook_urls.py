"""Mounted at /hooks/."""

from __future__ import annotations

from django.urls import path

from jangteo.faces.api.views.hooks import hook
from jangteo.faces.api.views.payout_hooks import payout_hook
from jangteo.faces.api.views.quick_hooks import quick_hook
from jangteo.faces.api.views.report_hooks import report_hook

app_name = "hooks"
urlpatterns = [
    path("<slug:name>/", hook, name="hook"),
    path("<slug:name>/payouts/", payout_hook, name="payout_hook"),
    # The company adds what follows quick/ to the address it is given, without a slash at its end.
    path("<slug:name>/quick/api/v1/callback/orders/<slug:ref>/<slug:event>", quick_hook, name="quick_hook"),
    path("<slug:name>/reports/", report_hook, name="report_hook"),
]
