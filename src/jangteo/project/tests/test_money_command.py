"""`jangteo money simulate` as a person runs it, on a server of its own."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker
from typer.testing import CliRunner

from jangteo.project.cli.money import app

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module", autouse=True)
def own_folder(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker) -> Iterator[Path]:
    """The user's is left alone."""
    folder = tmp_path_factory.mktemp("var")
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock():
        patch.setattr("django.conf.settings.VAR", folder)
        yield folder
    logging.disable(logging.NOTSET)


def simulate(*words: str) -> tuple[int, list[dict[str, object]]]:
    result = CliRunner().invoke(app, ["simulate", *words, "--json"])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, json.loads(result.stdout)["runs"]


def test_a_seed_is_the_same_book_alone_and_among_others_and_nothing_is_left_behind(own_folder: Path) -> None:
    before = dict(connection.settings_dict)

    ended, (first, second) = simulate("--seed", "4", "--steps", "25", "--runs", "2")
    again, (alone,) = simulate("--seed", "5", "--steps", "25")

    assert (ended, again) == (0, 0)
    assert (first["seed"], second["seed"], first["violations"]) == (4, 5, [])
    assert second == alone
    assert first["book_hash"] != second["book_hash"]
    assert connection.settings_dict == before
    assert not list(own_folder.glob("simulate/pg/data/postmaster.pid"))


def test_the_control_ends_with_1_and_says_what_was_lost() -> None:
    ended, runs = simulate("--seed", "4", "--steps", "60", "--runs", "2", "--control")

    assert ended == 1
    assert [run for run in runs if run["violations"]]
