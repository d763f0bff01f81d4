"""What has to be in place before the processes start. Every step is quick when there is nothing to do."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from rich.progress import Progress

from jangteo.domains.markets.models import Market, Stall
from jangteo.domains.people.actions.make_entry_link import make_entry_link
from jangteo.domains.people.models import Role
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from jangteo.project.demo.card import card_memory
from jangteo.project.demo.load import DEMO_CODE, load_demo
from jangteo.project.demo.month import DAYS
from jangteo.project.tables import bring_up_to_date

STALLS_WITH_LINKS = 3


@dataclass(frozen=True, slots=True)
class Step:
    """`name` is shown while `run` works."""

    name: str
    run: Callable[[], None]


@dataclass(frozen=True, slots=True)
class EntryLink:
    """An address that signs its holder in: one face, one role."""

    face: str
    role: str
    url: str


def migrate() -> None:
    """Bring the tables up to date."""
    if unapplied_migrations():
        bring_up_to_date()


def unapplied_migrations() -> set[tuple[str, str]]:
    """(app label, name) of migrations on disk that the database has not seen.

    Compares file names only: building Django's migration graph takes most of a second.
    """
    on_disk = {
        (app.label, path.stem) for app in apps.get_app_configs() for path in Path(app.path).glob("migrations/[!_]*.py")
    }
    return on_disk - set(MigrationRecorder(connection).applied_migrations())


def collect_static() -> None:
    """Gather stylesheets, scripts and pictures with hashed names, when one of them has changed."""
    stamp = Path(settings.STATIC_ROOT).with_name("static-state")  # beside the folder: what is inside is served
    state = _state_of_static_files()
    if not stamp.exists() or stamp.read_text() != state:
        call_command("collectstatic", interactive=False, verbosity=0)
        stamp.write_text(state)


def _state_of_static_files() -> str:
    state = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            facts = Path(storage.path(path)).stat()
            state.update(f"{path} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    return state.hexdigest()


def load_demo_market() -> None:
    """Fill an empty database with the fictional market."""
    if Market.objects.exists():
        return
    memory = card_memory()
    memory.unlink(missing_ok=True)
    with Progress(transient=True) as progress:
        task = progress.add_task("장터시장을 차리고 한 달을 지내 봐요 (demo market)", total=DAYS)
        load_demo(lambda done, of: progress.update(task, completed=done, total=of), memory=memory)


def entry_links(base_url: str) -> list[EntryLink]:
    """One-tap links for the people of the demo market; a real market makes its own in the office."""
    market = Market.objects.filter(code=DEMO_CODE, state=Market.State.OPEN).first()
    if market is None:
        return []
    with in_market(market.pk):
        stalls = list(Stall.objects.all()[:STALLS_WITH_LINKS])
    links = [EntryLink("손님 (customer)", "누구나 (anybody)", f"{base_url}/{market.slug}/")]
    for stall in stalls:
        token = make_entry_link(market=market, actor=SYSTEM, role=Role.OWNER, stall=stall)
        links.append(EntryLink("사장님 (merchant)", f"{stall.name} {stall.owner_name}", f"{base_url}/in/{token}/"))
    token = make_entry_link(market=market, actor=SYSTEM, role=Role.MANAGER)
    links.append(EntryLink("상인회 (association)", "시장매니저 (manager)", f"{base_url}/in/{token}/"))
    token = make_entry_link(market=market, actor=SYSTEM, role=Role.HELPER, name="김하나")
    links.append(EntryLink("도우미 (helper)", "김하나", f"{base_url}/in/{token}/"))
    links.append(EntryLink("프로그램 (API)", "누구나 (anybody)", f"{base_url}/api/v1/openapi.json"))
    return links


TABLES = Step("표를 맞춰요 (tables)", migrate)
STATIC = Step("화면 파일을 모아요 (static files)", collect_static)
