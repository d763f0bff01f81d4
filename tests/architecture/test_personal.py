"""Whatever may say who somebody is has a part that shows and forgets it, or a reason here why it needs none."""

from __future__ import annotations

import re

from django.apps import apps
from django.db import models

from jangteo.domains.people.models import User
from jangteo.domains.regulars.parts import PARTS

TELLING = re.compile(
    r"(^|_)(phone|name|address|email|note|words|text|asker|writer|shown|digits|customer|user|holder|who|endpoint)(_|$)"
)
OURS = re.compile(r"jangteo\.(domains|kernel)")
# Columns that look like it by their name and are of things, stalls or the association.
NO_PERSON = {
    "campaigns.Template": "the name of a template",
    "catalog.Good": "the name of a good",
    "catalog.Photo": "a file of a good",
    "counter.SaleLine": "the name of a good",
    "delivery.Place": "the name of a 동 or a building",
    "delivery.Zone": "the name of a part of the town",
    "devices.Screen": "the name of a screen",
    "hub.KeepRule": "a rule of the market",
    "hub.Missing": "the name of a good",
    "hub.Outcome": "the name of a good",
    "inquiries.Said": "kept with its inquiry, which forgets whose it is; what was said is the dispute that a law keeps",
    "inquiries.SaidPhoto": "a file of an inquiry, gone with it",
    "kernel.OutboxRow": "an outcome for people who look after the program; payloads hold numbers of rows only",
    "kernel.PeriodicRun": "the name of a job",
    "markets.Kind": "the name of a kind",
    "markets.Market": "a market",
    "markets.Stall": "a stall's own page, which its merchant changes",
    "markets.Street": "the name of a street",
    "ordering.Line": "the name of a good",
    "payments.Giveback": "won that customers get",
    "payments.CashbackGrant": "the number of an account that has no person any more; it expires by itself",
    "helping.CarryPoint": "the name of a place",
    "people.Device": "a phone of a stall or of the association, shut out by the association",
    "people.EntryLink": "the same before it was opened",
    "people.PushSubscription": "a stall's phone",
    "practice.PracticeText": "nobody is real there",
    "promotions.Coupon": "the name of a coupon",
    "rebates.RebateEvent": "the name of an event",
    "rebates.PaperMove": "what the desk notes about its paper",
    "regulars.Look": "who looked, kept by law; about whom is the number of a row",
    "regulars.LookReview": "what a manager notes",
    "reviews.ReviewEvent": "the name of an event",
    "reviews.ReviewPhoto": "a file of a review, gone with it",
    "rounds.Lack": "the name of a good",
    "settlement.Break": "what the office notes about money",
    "settlement.ImportedFile": "the name of a file",
    "settlement.PayoutAccount": "a stall's account",
    "settlement.PayoutFile": "the name of a file",
    "settlement.StallPayee": "a stall's registration at a gateway",
    "whatif.Scenario": "a name for terms of delivery",
}
# Found through another model that is covered.
BESIDE = {
    "delivery.Seat": "ordering.Order",
    "payments.RefundAccount": "ordering.Order",
    "payments.Payment": "a deposit's account is the gateway's own",
}


def telling() -> set[str]:
    return {
        model._meta.label
        for model in apps.get_models()
        if OURS.match(model.__module__) and any(_tells(field) for field in model._meta.concrete_fields)
    }


def _tells(field: models.Field[object, object]) -> bool:
    return field.related_model is User or bool(TELLING.search(field.attname))


def test_whatever_tells_who_somebody_is_is_shown_and_forgotten() -> None:
    covered = set().union(*(part.covers for part in PARTS))

    assert telling() - covered - NO_PERSON.keys() - BESIDE.keys() == set()


def test_no_reason_is_given_for_what_is_not_there() -> None:
    covered = set().union(*(part.covers for part in PARTS))
    labels = {model._meta.label for model in apps.get_models()}

    assert (covered | NO_PERSON.keys() | BESIDE.keys()) - labels == set()
    assert covered & NO_PERSON.keys() == set()
    assert NO_PERSON.keys() - telling() == set()


def test_what_only_hangs_on_an_account_is_never_excused() -> None:
    owned = {
        model._meta.label
        for model in apps.get_models()
        if OURS.match(model.__module__) and any(f.related_model is User for f in model._meta.concrete_fields)
    }

    assert owned & NO_PERSON.keys() == set()
