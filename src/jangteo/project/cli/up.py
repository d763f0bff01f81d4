"""`jangteo up`: everything that a market needs, on this machine, under one parent."""

from __future__ import annotations

import contextlib
import http.client
import io
import socket
import sys
import time
from collections.abc import Collection
from dataclasses import dataclass
from typing import Annotated

import segno
import typer
from django.conf import settings
from django.db import connections
from rich.console import Console
from rich.table import Table
from rich.text import Text

from jangteo.project import addresses, cluster, environment
from jangteo.project.cli import steps
from jangteo.project.cli.practice import Practice
from jangteo.project.cli.practice import wanted as practice_wanted
from jangteo.project.processes import Child, Supervisor

READY_SECONDS = 60
_COLOURS = {"web": "green", "live": "magenta", "worker": "cyan"}


@dataclass(frozen=True, slots=True)
class Place:
    """Where the pages and the live stream are served; `lan` is this machine's address for phones."""

    host: str
    port: int
    live_port: int
    lan: str | None

    @property
    def everybody(self) -> bool:
        """True when other machines are served too."""
        return self.host in {"0.0.0.0", "::"}  # noqa: S104  # compares, binds nothing

    @property
    def local(self) -> str:
        """The host by which this machine reaches itself."""
        return "127.0.0.1" if self.everybody else self.host

    @property
    def public(self) -> str:
        """The host by which browsers and phones reach this machine."""
        return (self.lan or "localhost") if self.everybody else self.host

    @property
    def urls(self) -> list[str]:
        """Addresses of the front page, the one for phones last."""
        hosts = ["localhost" if self.everybody else self.host]
        hosts += [self.lan] if self.everybody and self.lan else []
        return [f"http://{host}:{self.port}" for host in hosts]

    def environment(self) -> dict[str, str]:
        """Settings of the processes that serve here."""
        hosts = environment.names("JANGTEO_HOSTS")
        hosts += [host for host in (self.lan if self.everybody else self.host,) if host and host not in hosts]
        return {
            "JANGTEO_VAR": str(environment.folder("JANGTEO_VAR")),
            "JANGTEO_PORT": str(self.port),
            "JANGTEO_LIVE_PORT": str(self.live_port),
            "JANGTEO_HOSTS": ",".join(hosts),
        }


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("up")(up)


def up(
    host: Annotated[str, typer.Option(help="어디에서 오는 손님을 받을지 (address to listen on)")] = "0.0.0.0",  # noqa: S104  # phones of the market must reach it
    port: Annotated[int | None, typer.Option(help="화면 포트 (pages) [JANGTEO_PORT]")] = None,
    live_port: Annotated[int | None, typer.Option(help="알림 포트 (live stream) [JANGTEO_LIVE_PORT]")] = None,
    demo: Annotated[bool, typer.Option(help="빈 데이터베이스에 장터시장을 차려요 (load the demo market)")] = True,
) -> None:
    """장터를 열어요. 끄려면 Ctrl+C. (Start everything; Ctrl+C stops it.)"""
    began = time.monotonic()
    console = Console(highlight=False)
    pages = _port(console, host, port, "JANGTEO_PORT", taken=(live_port,))
    live = _port(console, host, live_port, "JANGTEO_LIVE_PORT", taken=(pages,))
    place = Place(host, pages, live, addresses.in_the_local_network())
    with contextlib.ExitStack() as stack:
        with console.status("데이터베이스를 켜요 (database)"):
            database = stack.enter_context(cluster.running(settings.VAR))
        _prepare(console, demo=demo)
        given_up = _serve(console, place, database, began)
    if given_up:
        console.print(
            f"{given_up} 프로그램이 자꾸 꺼져서 모두 멈췄어요. 위의 기록을 봐 주세요. ({given_up} keeps ending)",
            soft_wrap=True,
        )
        raise typer.Exit(1)


def children(place: Place, practice: Practice) -> list[Child]:
    """The processes of one machine: pages, live stream, worker, and what stands in for the outside world."""
    granian = [sys.executable, "-m", "granian", "--host", place.host, "--log-level", "error", "--no-ws"]
    pages = ["--port", str(place.port), "--interface", "wsgi", "--workers", "2", "--blocking-threads", "8"]
    pages += ["--workers-kill-timeout", "5", "jangteo.project.wsgi:application"]
    # Open event streams never end by themselves; screens connect again and ask for what they missed.
    live = ["--port", str(place.live_port), "--interface", "asgi", "--workers", "1"]
    live += ["--workers-kill-timeout", "1", "jangteo.project.asgi:application"]
    worker = [sys.executable, "-m", "jangteo.project.worker"]
    commands = {"web": [*granian, *pages], "live": [*granian, *live], "worker": worker}
    known = place.environment() | practice.settings()
    return [*practice.children(), *(Child(name, command, known) for name, command in commands.items())]


def _port(console: Console, host: str, asked: int | None, setting: str, taken: Collection[int | None]) -> int:
    """The port to use: an asked one or none, else the setting's or the next free one."""
    wanted = asked if asked is not None else environment.number(setting)
    if wanted not in taken and addresses.is_free(host, wanted):
        return wanted
    free = addresses.next_free(host, wanted + 1, {*taken, environment.number("JANGTEO_LIVE_PORT")})
    option = setting.removeprefix("JANGTEO_").lower().replace("_", "-")
    if asked is None and free is not None:
        console.print(
            f"{wanted}번 포트는 이미 쓰고 있어서 {free}번을 써요. (port {wanted} is taken, using {free})",
            soft_wrap=True,
        )
        return free
    hint = f" `jangteo up --{option} {free}` 로 다시 해 주세요. (port {wanted} cannot be used)" if free else ""
    console.print(f"{wanted}번 포트를 쓸 수 없어요.{hint}", soft_wrap=True)
    raise typer.Exit(1)


def _prepare(console: Console, *, demo: bool) -> None:
    for step in (steps.TABLES, steps.STATIC):
        with console.status(step.name):
            step.run()
    if demo:
        steps.load_demo_market()


def _serve(console: Console, place: Place, database: cluster.Cluster | None, began: float) -> str | None:
    def say(name: str, line: str) -> None:
        console.print(Text.assemble((f"{name:>6} ", _COLOURS.get(name, "yellow")), line), soft_wrap=True)

    def keep_database() -> None:
        if database is not None and not database.is_running():
            say("data", "the database had ended and is started again")
            database.start(with_parent=True)

    practice = practice_wanted(place.host, place.public, place.port, (place.port, place.live_port))
    supervisor = Supervisor(children(place, practice), say)
    supervisor.start()
    try:
        links = [*steps.entry_links(place.urls[-1]), *practice.links()]
        connections.close_all()
        with console.status("화면을 켜요 (pages)"):
            _wait_until_ready(supervisor, place)
        if not supervisor.stopping:
            _show(console, place, links, time.monotonic() - began)
    except BaseException:
        supervisor.stop()
        raise
    return supervisor.run(keep_database)


def _wait_until_ready(supervisor: Supervisor, place: Place) -> None:
    """Return when the front page answers, whatever it says, and the live stream listens."""
    deadline = time.monotonic() + READY_SECONDS
    while not supervisor.stopping and time.monotonic() < deadline:
        supervisor.step(timeout=0.05)
        if _listens(place.local, place.live_port) and _answers(place.local, place.port):
            return


def _listens(host: str, port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection((host, port), timeout=1):
        return True
    return False


def _answers(host: str, port: int) -> bool:
    connection = http.client.HTTPConnection(host, port, timeout=2)
    try:
        connection.request("GET", "/")
        connection.getresponse().read()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    return True


def _show(console: Console, place: Place, links: list[steps.EntryLink], seconds: float) -> None:
    drawn = io.StringIO()
    segno.make(place.urls[-1]).terminal(drawn, compact=True)
    console.out(drawn.getvalue(), highlight=False)
    console.print(f"[bold]장터가 열렸어요[/] ({seconds:.1f} s)  {'  '.join(place.urls)}")
    if links:
        table = Table("화면 (face)", "누구 (role)", box=None, padding=(0, 2, 0, 0))
        # An address broken over two lines can be neither tapped nor copied.
        table.add_column("들어가는 링크 (entry link)", no_wrap=True, min_width=max(len(link.url) for link in links))
        for link in links:
            table.add_row(link.face, link.role, Text(link.url, style=f"link {link.url}"))
        console.print(table)
    console.print("끄려면 Ctrl+C (stop)", style="dim")
