from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from pytest_django import Settings

from jangteo.project.cli import steps


@pytest.mark.django_db
def test_nothing_is_unapplied_after_migrate() -> None:
    assert steps.unapplied_migrations() == set()


@pytest.mark.django_db
def test_migration_that_the_database_has_not_seen_is_unapplied() -> None:
    MigrationRecorder(connection).record_unapplied("kernel", "0001_initial")

    assert steps.unapplied_migrations() == {("kernel", "0001_initial")}


def test_static_files_are_gathered_again_only_after_a_change(tmp_path: Path, settings: Settings) -> None:
    source = tmp_path / "source"
    source.mkdir()
    (source / "a.css").write_text("a{}")
    settings.STATICFILES_DIRS = [source]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATIC_ROOT = tmp_path / "static"

    steps.collect_static()
    gathered = sorted(path.name for path in settings.STATIC_ROOT.glob("a.*.css"))
    assert len(gathered) == 1

    (settings.STATIC_ROOT / gathered[0]).unlink()
    steps.collect_static()
    assert not list(settings.STATIC_ROOT.glob("a.*.css"))

    (source / "a.css").write_text("a{color:red}")
    steps.collect_static()
    assert len(list(settings.STATIC_ROOT.glob("a.*.css"))) == 1
