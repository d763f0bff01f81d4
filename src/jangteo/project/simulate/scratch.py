"""A market on a private server of its own, as often as wanted as it was at first; the user's is never touched."""

from __future__ import annotations

import fcntl
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from django.db import connection, connections
from psycopg import sql

from jangteo.project.cluster import Cluster
from jangteo.project.invariants import IN_ONE_QUERY
from jangteo.project.migrated import state_of_migrations
from jangteo.project.simulate.picture import take_picture
from jangteo.project.tables import bring_up_to_date

PREPARED, MIGRATED = "simulate", "migrated_"
BREACHES = "SELECT * FROM kept.breaches()"
# Statements of one connection that stay planned. All of a run's do, or each run would plan most of them again.
PLANS_KEPT = 2_000
# Rows that were put back leave holes; what reads whole tables would read more and more of them.
RUNS_BETWEEN_SWEEPS = 20


class Scratch:
    """The prepared market in the database that is connected. Runs change it; `renew` undoes all they did."""

    def __init__(self) -> None:
        connection.ensure_connection()
        take_picture()
        connection.connection.prepared_max = PLANS_KEPT
        # A rollback makes the driver forget them all, and there are many: so each is planned once, at the first time.
        connection.connection.prepare_threshold = 0
        with connection.cursor() as cursor:
            cursor.execute("SET plan_cache_mode = force_generic_plan")
            # A function keeps its plan, and no query is asked more often.
            cursor.execute(
                "CREATE FUNCTION kept.breaches() RETURNS TABLE (name text, subject text, expected text, found text)"
                f" LANGUAGE plpgsql AS $ask$ BEGIN RETURN QUERY {IN_ONE_QUERY}; END $ask$"
            )
        self._runs = 0

    def renew(self) -> None:
        """Rows and sequences are again as they were when this was made."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT kept.put_back()")
            self._runs += 1
            if self._runs % RUNS_BETWEEN_SWEEPS == 0:
                cursor.execute("VACUUM (SKIP_LOCKED)")


@dataclass(frozen=True, slots=True)
class Prepared:
    """A server with one migrated and prepared database. `server` are Django's settings of a role that may create."""

    server: Mapping[str, str]

    @contextmanager
    def copies(self, most: int) -> Iterator[list[str]]:
        """The names of so many copies, there as long as the block lasts. This process is connected to none of them."""
        connections.close_all()
        names = [f"{PREPARED}_{number}" for number in range(most)]
        with _admin(self.server) as admin:
            for name in names:
                _copy(admin, name, PREPARED)
        try:
            yield names
        finally:
            connections.close_all()
            with _admin(self.server) as admin:
                for name in names:
                    _drop(admin, name)

    def use(self, name: str) -> None:
        """Let this process work on a copy from now on."""
        connections.close_all()
        connection.settings_dict.update({**self.server, "NAME": name})


@contextmanager
def pointed_to(server: Mapping[str, str], name: str, template: str = "template1") -> Iterator[None]:
    """Make a database, an empty one by default, use it inside, drop it; then the connection is what it was before."""
    before = dict(connection.settings_dict)
    with _admin(server) as admin:
        _copy(admin, name, template)
    try:
        Prepared(server).use(name)
        yield
    finally:
        connections.close_all()
        connection.settings_dict.update(before)
        with _admin(server) as admin:
            _drop(admin, name)


@contextmanager
def scratch(folder: Path, prepare: Callable[[], None]) -> Iterator[Prepared]:
    """A server in `folder` with one migrated and prepared database, as long as the block lasts.

    Whoever comes second waits for the first. Raises ClusterError.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("a") as alone:
        fcntl.flock(alone, fcntl.LOCK_EX)
        cluster = Cluster(folder / "pg", durable=False)
        cluster.start(with_parent=True)
        try:
            with _admin(cluster.settings) as admin:
                _sweep(admin)
            with pointed_to(cluster.settings, PREPARED, _migrated(cluster.settings)):
                prepare()
                connections.close_all()
                yield Prepared(cluster.settings)
        finally:
            cluster.stop()


def _migrated(server: Mapping[str, str]) -> str:
    """The name of a database with all tables and nothing else in it, which stays for the next time."""
    name = f"{MIGRATED}{state_of_migrations()}"
    with _admin(server) as admin:
        found = _names(admin, MIGRATED)
        for outdated in found:
            if outdated != name:
                _drop(admin, outdated)
    if name not in found:
        with pointed_to(server, PREPARED):
            bring_up_to_date()
            connections.close_all()
            with _admin(server) as admin:
                _copy(admin, name, PREPARED)
    return name


def _copy(admin: psycopg.Connection[tuple[object, ...]], name: str, template: str) -> None:
    make = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy")
    admin.execute(make.format(sql.Identifier(name), sql.Identifier(template)))


def _drop(admin: psycopg.Connection[tuple[object, ...]], name: str) -> None:
    # Without FORCE: PostgreSQL sends its own vacuum away, which it does not let us do.
    admin.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(name)))


def _sweep(admin: psycopg.Connection[tuple[object, ...]]) -> None:
    """What an earlier run left behind."""
    for name in _names(admin, PREPARED):
        _drop(admin, name)


def _names(admin: psycopg.Connection[tuple[object, ...]], beginning: str) -> list[str]:
    found = admin.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [beginning])
    return [str(name) for (name,) in found]


def _admin(server: Mapping[str, str]) -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(
        host=server["HOST"],
        port=server["PORT"],
        user=server["USER"],
        password=server["PASSWORD"],
        dbname="postgres",
        autocommit=True,
    )
