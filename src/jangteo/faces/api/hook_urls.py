"""Mounted at /hooks/."""

from __future__ import annotations

from django.urls import path

from jangteo.faces.api.views.hooks import hook
from jangteo.faces.api.views.payout_hooks import payout_hook
from jangteo.faces.api.views.report_hooks import report_hook

app_name = "hooks"
urlpatterns = [
    path("<slug:name>/", hook, name="hook"),
    path("<slug:name>/payouts/", payout_hook, name="payout_hook"),
    path("<slug:name>/reports/", report_hook, name="report_hook"),
]
