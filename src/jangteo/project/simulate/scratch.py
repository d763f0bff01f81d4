"""Databases that come and go on a private server of their own; the user's is never touched."""

from __future__ import annotations

import fcntl
import itertools
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.core.management import call_command
from django.db import connection, connections
from psycopg import sql

from jangteo.project.cluster import Cluster

_numbers = itertools.count(1)


class Scratch:
    """Opens copies of one prepared database. `server` are Django's connection settings of a role that may create.

    `names` is what copies are called, with {} for their number.
    """

    def __init__(self, server: Mapping[str, str], template: str, names: str) -> None:
        self._server = server
        self._template = template
        self._names = names

    @contextmanager
    def fresh(self) -> Iterator[None]:
        """A copy that this process's connection uses inside; afterwards it is gone."""
        with pointed_to(self._server, self._names.format(next(_numbers)), self._template):
            yield


@contextmanager
def pointed_to(server: Mapping[str, str], name: str, template: str = "template1") -> Iterator[None]:
    """Make a database, use it inside, drop it; then the connection is what it was before."""
    before = dict(connection.settings_dict)
    connections.close_all()
    with _admin(server) as admin:
        make = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy")
        admin.execute(make.format(sql.Identifier(name), sql.Identifier(template)))
    connection.settings_dict.update({**server, "NAME": name})
    try:
        yield
    finally:
        connections.close_all()
        connection.settings_dict.update(before)
        with _admin(server) as admin:
            # Without FORCE: PostgreSQL sends its own vacuum away, which it does not let us do.
            admin.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(name)))


@contextmanager
def scratch(folder: Path, prepare: Callable[[], None]) -> Iterator[Scratch]:
    """A server in `folder` with one migrated and prepared database, as long as the block lasts.

    Whoever comes second waits for the first. Raises ClusterError.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("a") as alone:
        fcntl.flock(alone, fcntl.LOCK_EX)
        cluster = Cluster(folder / "pg", durable=False)
        cluster.start(with_parent=True)
        try:
            _sweep(cluster.settings)
            with pointed_to(cluster.settings, "simulate"):
                call_command("migrate", interactive=False, verbosity=0)
                prepare()
                connections.close_all()
                yield Scratch(cluster.settings, "simulate", "simulate_{}")
        finally:
            cluster.stop()


def _sweep(server: Mapping[str, str]) -> None:
    """What a killed run left behind."""
    with _admin(server) as admin:
        found = admin.execute("SELECT datname FROM pg_database WHERE starts_with(datname, 'simulate')").fetchall()
        for (name,) in found:
            admin.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(str(name))))


def _admin(server: Mapping[str, str]) -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(
        host=server["HOST"],
        port=server["PORT"],
        user=server["USER"],
        password=server["PASSWORD"],
        dbname="postgres",
        autocommit=True,
    )
