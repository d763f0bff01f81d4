"""`python -m tests.bench [--statements] [NAME ...]`: how fast the market is, as tables. A missed target ends it with 1.

Everything happens in an installation made for it below `bench` in the var folder, with a database that writes to disk
as in a market; the user's own data is not touched.
"""

from __future__ import annotations

import os
import subprocess
import sys

import psycopg
from psycopg import sql

from jangteo.project import environment
from jangteo.project.cluster import DATABASE, Cluster


def main() -> int:
    """Start an empty database, then measure in a process that knows no other."""
    var = environment.folder("JANGTEO_VAR") / "bench"
    cluster = Cluster(var / "pg")
    cluster.start(with_parent=True)
    try:
        with psycopg.connect(cluster.url("postgres"), autocommit=True) as admin:
            name = sql.Identifier(DATABASE)
            admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))
            admin.execute(sql.SQL("CREATE DATABASE {}").format(name))
        known = {"JANGTEO_VAR": str(var), "DATABASE_URL": cluster.url(), "JANGTEO_LOG_LEVEL": "WARNING"}
        command = [sys.executable, "-m", "tests.bench.measure", *sys.argv[1:]]
        return subprocess.run(command, env={**os.environ, **known}, check=False).returncode
    finally:
        cluster.stop()


if __name__ == "__main__":
    sys.exit(main())
