"""What comes back is what the actions would have made."""

from __future__ import annotations

import re
from dataclasses import fields
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import models, transaction

from jangteo.kernel import clock
from jangteo.kernel.tenancy import unscoped
from tests.again import Again
from tests.world import NOON, World, by_actions, order

A_WEEK = timedelta(days=7)
# "good:12" and {"good": 12}; a key counts up from one world to the next.
KEYS = re.compile(r"((?:market|street|kind|stall|good|item)(?:_id)?(?::|': ))\d+")


@pytest.fixture
def again(db: None) -> Again[World]:
    """Worlds of which the first was made a week ago and is gone."""
    worlds = Again(by_actions)
    savepoint = transaction.savepoint()
    with clock.at(NOON - A_WEEK):
        worlds("jangteo", "1")
    transaction.savepoint_rollback(savepoint)
    return worlds


def contents() -> dict[str, list[str]]:
    """Every row of every table but for the keys."""
    held = {}
    with unscoped():
        for table in apps.get_models():
            names = [one.attname for one in table._meta.concrete_fields]
            facts = [name for name in names if name != "id" and not name.endswith("_id")]
            rows = table._base_manager.order_by("pk").values_list(*facts)
            held[table._meta.db_table] = [KEYS.sub(r"\1#", repr(row)) for row in rows]
    return held


def rows_of(world: World) -> list[models.Model]:
    return [getattr(world, one.name) for one in fields(World)]


def columns(row: models.Model) -> dict[str, object]:
    return {one.attname: getattr(row, one.attname) for one in row._meta.concrete_fields}


def test_all_that_comes_back_is_what_the_actions_make_at_that_moment(again: Again[World]) -> None:
    empty, savepoint = contents(), transaction.savepoint()
    with clock.at(NOON):
        by_actions("jangteo", "1")
        made = contents()
        transaction.savepoint_rollback(savepoint)
        assert contents() == empty

        again("jangteo", "1")

    assert contents() == made != empty


def test_its_objects_are_its_rows_and_nobody_elses(again: Again[World]) -> None:
    with clock.at(NOON):
        world = again("jangteo", "1")
        other = again("namdong", "2")

    for one in rows_of(world) + rows_of(other):
        assert columns(type(one)._base_manager.get(pk=one.pk)) == columns(one)
    assert {one.pk for one in rows_of(world)[1:5]}.isdisjoint(one.pk for one in rows_of(other)[1:5])
    with clock.at(NOON):
        assert order(world, (world.mackerel, 1)).state == "placed"


def test_what_one_test_changes_in_its_world_the_next_does_not_see(again: Again[World]) -> None:
    savepoint = transaction.savepoint()
    again("jangteo", "1").fish.name = "다른 이름"
    transaction.savepoint_rollback(savepoint)

    assert again("jangteo", "1").fish.name == "순자네 수산"
