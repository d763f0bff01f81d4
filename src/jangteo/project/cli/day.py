"""`jangteo day`: a market day that every screen can watch."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console

from jangteo.domains.markets.models import Market
from jangteo.project import cluster
from jangteo.project.demo.day import play_day
from jangteo.project.demo.load import DEMO_CODE, demo_crowd
from jangteo.project.settings import VAR


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("day")(day)


def day(
    seed: Annotated[int, typer.Option(help="같은 씨앗은 같은 하루예요 (same seed, same day)")] = 7,
    orders: Annotated[int, typer.Option(help="주문 수 (orders)", min=1, max=10_000)] = 200,
    speed: Annotated[int, typer.Option(help="몇 배 빠르게; 0은 안 기다려요 (times real time)", min=0)] = 60,
) -> None:
    """장터시장의 하루를 보여 줘요. 화면을 켜 놓고 보세요. (Plays a live day on the demo market.)"""
    console = Console(highlight=False)
    with cluster.running(VAR):
        market = Market.objects.filter(code=DEMO_CODE, state=Market.State.OPEN).first()
        if market is None:
            console.print("장터시장이 아직 없어요. 먼저 `make up` 을 해 주세요. (run `make up` first)")
            raise typer.Exit(1)
        tally = play_day(market, demo_crowd(market, seed), orders=orders, speed=speed, say=console.print)
    console.print(
        f"주문 {tally.orders}건, 건네준 점포 몫 {tally.served}건, 그냥 간 손님 {tally.left_without}명"
        f" (orders {tally.orders}, parts served {tally.served}, left without {tally.left_without})"
    )
