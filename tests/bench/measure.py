"""The measuring process of `python -m tests.bench`: its environment names the database and folders of the bench."""

from __future__ import annotations

import argparse
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jangteo.project.settings")
django.setup()

from tests.bench import (  # noqa: E402  # models need the set-up above
    front,
    imports,
    ledger,
    lists,
    money,
    orders,
    refund,
    routes,
    rush,
    shop,
    week,
)

NAMES = ("orders", "refund", "lists", "rush", "front", "import", "ledger", "money", "routes", "week")


def main() -> int:
    """Measure what was asked for, print it, and say by the exit code whether every target was met."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    parser.add_argument("names", nargs="*", choices=[*NAMES, []], metavar="NAME", help=", ".join(NAMES))
    parser.add_argument("--statements", action="store_true", help="list the SQL statements of an order")
    asked = parser.parse_args()
    names = asked.names or NAMES
    with shop.opened() as opened:
        benches = {
            "orders": lambda: orders.run(opened, with_statements=asked.statements),
            "refund": lambda: refund.run(opened),
            "lists": lambda: lists.run(opened),
            "rush": lambda: rush.run(opened),
            "front": lambda: front.run(opened),
            "import": imports.run,
            "ledger": ledger.run,
            "money": money.run,
            "routes": routes.run,
            "week": week.run,
        }
        missed = []
        for name in names:
            for table in benches[name]():
                print(table.text(), flush=True)
                missed += [f"{table.title}: {row.what}" for row in table.rows if row.is_missed]
    for what in missed:
        print(f"MISS  {what}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
