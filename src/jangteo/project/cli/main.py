"""Finds the command that was asked for; the others stay unread, so that `jangteo --help` is quick."""

from __future__ import annotations

import os
import sys
from importlib import import_module

import django
import typer

from jangteo.project.server_user import ClusterError

# name: (module in this package, summary). The module has `register(app)`, which adds the command.
COMMANDS = {
    "up": ("up", "장터를 열어요: 데이터베이스, 화면, 알림, 일꾼 (start everything on this machine)"),
    "day": ("day", "장터시장의 하루를 보여 줘요 (play a live day on the demo market)"),
    "ledger": ("ledger", "장부가 맞는지 보고 주문의 돈을 따라가요 (prove the book, follow an order's money)"),
    "money": ("money", "돈이 새지 않는지 모의로 돌려 봐요 (try the money out on a scratch database)"),
    "reconcile": ("reconcile", "결제사·은행 파일을 맞춰 봐요 (compare reports with each other or with the book)"),
    "policies": ("policies", "상품권·지역화폐 정책을 파일에서 읽어요 (policies of voucher schemes)"),
    "goods": ("goods", "말로 한 물건과 값을 어떻게 알아듣는지 봐요 (goods by voice or text)"),
    "routes": ("routes", "배달 길 문제를 풀어요 (solve a published routing problem)"),
    "markets": ("markets", "전국 시장 목록을 가져오고 시장을 열어요 (national list, open a market)"),
}


def main() -> None:
    """Entry point of the program."""
    app = typer.Typer(
        name="jangteo",
        help="장터: 시장 한 곳을 통째로 굴리는 프로그램 (runs a whole Korean market)",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    app.callback()(_root)
    asked = next((word for word in sys.argv[1:] if not word.startswith("-")), "")
    for name, (module, summary) in COMMANDS.items():
        if name == asked:
            os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jangteo.project.settings")
            django.setup()
            # Only now: what a command imports may need the models.
            import_module(f"{__package__}.{module}").register(app)
        else:
            app.command(name, help=summary)(_unread)
    try:
        app()
    except ClusterError as reason:
        typer.echo(str(reason), err=True)
        sys.exit(1)


def _root() -> None:
    """Keeps `jangteo` a group while it has one command only."""


def _unread() -> None:
    """Stands in the list of commands for one that was not asked for."""
