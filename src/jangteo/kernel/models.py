"""The kernel's tables: audit, idempotency, outbox, inbox, live events, periodic jobs."""

from __future__ import annotations

from django.db import models


class AuditRow(models.Model):
    """Append-only; the database refuses UPDATE and DELETE."""

    market_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=12)
    actor_ref = models.CharField(max_length=64)
    for_ref = models.CharField(max_length=64, default="", blank=True)
    code = models.CharField(max_length=48)
    subject = models.CharField(max_length=64)
    facts = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["market_id", "-id"], name="audit_by_market"),
            models.Index(fields=["market_id", "for_ref", "-id"], name="audit_for", condition=~models.Q(for_ref="")),
        ]

    def __str__(self) -> str:
        return f"{self.at:%F %T} {self.code} {self.subject}"


class KeyedAnswer(models.Model):
    """The answer once given to an idempotency key. Kept at least 30 days."""

    market_id = models.BigIntegerField()
    key = models.CharField(max_length=100)
    digest = models.CharField(max_length=64)
    answer = models.JSONField()
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["market_id", "key"], name="one_answer_per_key")]
        indexes = [models.Index(fields=["created_at"], name="keyed_answer_age")]

    def __str__(self) -> str:
        return self.key


class OutboxRow(models.Model):
    """An effect that leaves after commit. `outcome` says how it went; `status` whether it still runs."""

    class Status(models.TextChoices):
        QUEUED = "queued"
        RUNNING = "running"
        FINISHED = "finished"
        STUCK = "stuck"

    class Outcome(models.TextChoices):
        NONE = ""
        DONE = "done"
        REJECTED = "rejected"
        UNKNOWN = "unknown"

    market_id = models.BigIntegerField()
    topic = models.CharField(max_length=48)
    key = models.CharField(max_length=100, unique=True)
    payload = models.JSONField()
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.QUEUED)
    outcome = models.CharField(max_length=8, choices=Outcome.choices, default=Outcome.NONE, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    note = models.CharField(max_length=200, default="", blank=True)
    created_at = models.DateTimeField()
    run_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["run_at"], name="outbox_due", condition=models.Q(status__in=["queued", "running"]))
        ]

    def __str__(self) -> str:
        return f"{self.topic} {self.key}"


class InboxRow(models.Model):
    """A message from outside exactly as it came, stored once before anything acts on it."""

    source = models.CharField(max_length=32)
    delivery_id = models.CharField(max_length=128)
    body = models.BinaryField()
    received_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "delivery_id"], name="one_row_per_delivery")]

    def __str__(self) -> str:
        return f"{self.source} {self.delivery_id}"


class LiveEvent(models.Model):
    """Something a screen wants to know now. A trigger notifies listeners at commit; rows allow catching up."""

    market_id = models.BigIntegerField()
    channel = models.CharField(max_length=48)
    kind = models.CharField(max_length=32)
    payload = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["channel", "id"], name="live_by_channel")]

    def __str__(self) -> str:
        return f"{self.channel} {self.kind}"


class PeriodicRun(models.Model):
    """When a periodic job last began, so that several workers share one schedule."""

    name = models.CharField(max_length=48, primary_key=True)
    began_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class RateWindow(models.Model):
    """How often something was tried in the present window, for limits on codes and sign-in."""

    key = models.CharField(max_length=100, primary_key=True)
    window_ends_at = models.DateTimeField()
    count = models.PositiveIntegerField()

    def __str__(self) -> str:
        return self.key
