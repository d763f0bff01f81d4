"""One throw-away PostgreSQL for all tests; each test process has a database of its own, cloned from a migrated one.

`DATABASE_URL` names another server to test against; its role must be allowed to create databases.
`--postgres FOLDER` takes the server programs of that folder (`/usr/lib/postgresql/15/bin`).
"""

from __future__ import annotations

import fcntl
import gc
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from urllib.parse import quote

import hypothesis
import psycopg
import pytest
from django.conf import settings
from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.utils import translation
from psycopg import sql
from pytest_django import DjangoDbBlocker
from whitenoise.base import WhiteNoise
from xdist.scheduler.loadscope import LoadScopeScheduling

from jangteo.adapters.toss.client import TossGateway
from jangteo.domains.payments import gateways
from jangteo.project import environment
from jangteo.project.cli.steps import collect_static
from jangteo.project.cluster import Cluster
from jangteo.project.migrated import state_of_migrations
from jangteo.project.server_programs import in_folder
from jangteo.project.tables import bring_up_to_date
from tests.world import World, make_world

JOURNEYS = "tests/journeys/"
SCREENS = f"{JOURNEYS}test_screens.py"
# What takes ten seconds and more, the longest first.
LONG = (
    SCREENS,
    "tests/money/test_simulate.py",
    JOURNEYS,
    "tests/faults/",
    "tests/security/test_access.py",
    "tests/concurrency/",
    "tests/fuzz/",
    "src/jangteo/project/",
    "tests/",
)
_ONE_AT_A_TIME = 7_151_000  # key of the advisory lock around the template


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--postgres", type=Path, default=None, help="folder of PostgreSQL server programs")


def pytest_configure() -> None:
    # How long a busy machine takes for an example says nothing about the code.
    slow = (hypothesis.HealthCheck.too_slow,)
    hypothesis.settings.register_profile(
        "any machine", hypothesis.settings(), deadline=None, suppress_health_check=slow
    )
    hypothesis.settings.load_profile("any machine")
    # What one test keeps at hand another must not see.
    settings.CACHES["markets"] = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> object:
    """Hands whole files to processes, so that what a file's tests share is made once; the journeys share a town."""
    scheduler = LoadScopeScheduling(config, log)
    scheduler._split_scope = _shared_by
    return scheduler


def _shared_by(nodeid: str) -> str:
    file = nodeid.partition("::")[0]
    return JOURNEYS if file.startswith(JOURNEYS) and file != SCREENS else file


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The long ones first, and the short ones fill up what is left of the time."""

    def place(item: pytest.Item) -> int:
        return next((at for at, path in enumerate(LONG) if item.nodeid.startswith(path)), len(LONG))

    items.sort(key=place)


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """Nothing that is loaded becomes garbage, and the collector would look for some again and again."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()


def pytest_collection_finish() -> None:
    # What is loaded by now stays: the collector need not look through it again and again.
    gc.collect()
    gc.freeze()
    gc.set_threshold(5_000, 20, 20)


@pytest.fixture(scope="session")
def database_server(pytestconfig: pytest.Config) -> Iterator[dict[str, str]]:
    """Connection settings of a server for tests. Runs of the same checkout share it; the last one out stops it."""
    default = settings.DATABASES["default"]
    if environment.text("DATABASE_URL"):
        yield {name: str(default[name]) for name in ("HOST", "PORT", "USER", "PASSWORD", "NAME")}
        return
    programs = pytestconfig.getoption("--postgres")
    folder = Path(settings.VAR) / (f"test-pg-{in_folder(programs).major}" if programs else "test-pg")
    folder.mkdir(parents=True, exist_ok=True)
    cluster = Cluster(folder, durable=False, binaries=in_folder(programs) if programs else None)
    with (folder / "users.lock").open("a") as users:
        fcntl.flock(users, fcntl.LOCK_SH)
        cluster.start()
        _drop_abandoned(cluster.settings)
        yield cluster.settings
        try:
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        cluster.stop()


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_blocker: DjangoDbBlocker, database_server: dict[str, str]
) -> Iterator[None]:
    """Point Django to a clone, and every program that a test starts as well, through `DATABASE_URL`."""
    with django_db_blocker.unblock(), _clone(database_server, f"jangteo_test_{os.getpid()}"):
        with django_db_blocker.block():
            yield
        connections.close_all()


@pytest.fixture(scope="session")
def committed_database(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, database_server: dict[str, str]
) -> Callable[[str], AbstractContextManager[str]]:
    """Opens a database for tests that really commit, under a name of one's own. Its address is also in `DATABASE_URL`.

    Append-only tables refuse Django's flush, so the whole database goes at the end, and with it every connection that
    any thread of this process opened. Child processes must have ended by then.
    """

    @contextmanager
    def opened(name: str) -> Iterator[str]:
        wrappers: list[BaseDatabaseWrapper] = []

        def note(connection: BaseDatabaseWrapper, **_: object) -> None:
            wrappers.append(connection)

        shared = str(connection.settings_dict["NAME"])
        mine = f"jangteo_test_{name}_{os.getpid()}"
        with django_db_blocker.unblock(), _clone(database_server, mine):
            connection_created.connect(note)
            yield _url(database_server, mine)
            connection_created.disconnect(note)
            for wrapper in wrappers:
                wrapper.inc_thread_sharing()
                wrapper.close()
            _use(database_server, shared)

    return opened


@pytest.fixture(scope="module")
def committed_db(committed_database: Callable[[str], AbstractContextManager[str]]) -> Iterator[str]:
    """Such a database of the test module's own."""
    with committed_database("committed") as address:
        yield address


@contextmanager
def _clone(server: dict[str, str], name: str) -> Iterator[None]:
    """A new database, migrated and empty, which Django and all started programs use inside the block."""
    with _admin(server) as admin:
        admin.execute("SELECT pg_advisory_lock(%s)", [_ONE_AT_A_TIME])
        template = _migrated_template(admin, server)
        clone = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        admin.execute(clone.format(sql.Identifier(name), sql.Identifier(template)))
    _use(server, name)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", _url(server, name))
        yield
    with _admin(server) as admin:
        _drop(admin, name)


def _admin(server: dict[str, str]) -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(
        host=server["HOST"],
        port=server["PORT"],
        user=server["USER"],
        password=server["PASSWORD"],
        dbname=server["NAME"],
        autocommit=True,
    )


def _use(server: dict[str, str], database: str) -> None:
    connections.close_all()
    connection.settings_dict.update({**server, "NAME": database})


def _url(server: dict[str, str], database: str) -> str:
    user, password, host = (quote(server[name], safe="") for name in ("USER", "PASSWORD", "HOST"))
    return f"postgresql://{user}:{password}@/{database}?host={host}&port={server['PORT']}"


def _migrated_template(admin: psycopg.Connection[tuple[object, ...]], server: dict[str, str]) -> str:
    """The name of a database with the tables of the migrations as they are on disk now; made once for each state."""
    name = f"jangteo_template_{state_of_migrations()}"
    templates = _databases_like(admin, "jangteo_template_%")
    if name not in templates:
        for outdated in templates:
            _drop(admin, outdated)
        draft = "jangteo_template_draft"
        admin.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(draft)))
        _use(server, draft)
        bring_up_to_date()
        connections.close_all()
        admin.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(draft), sql.Identifier(name)))
    return name


def _drop_abandoned(server: dict[str, str]) -> None:
    """Databases of test processes that were killed. For our own server only: elsewhere process numbers say nothing."""
    with _admin(server) as admin:
        for name in _databases_like(admin, "jangteo_test_%"):
            if not Path(f"/proc/{name.rpartition('_')[2]}").exists():
                _drop(admin, name)


def _databases_like(admin: psycopg.Connection[tuple[object, ...]], pattern: str) -> list[str]:
    found = admin.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [pattern])
    return [str(name) for (name,) in found]


def _drop(admin: psycopg.Connection[tuple[object, ...]], database: str) -> None:
    admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(database)))


@pytest.fixture(scope="session", autouse=True)
def static_files() -> Iterator[None]:
    """Pages are tested with the hashed files they are served with. Gathered once, by whichever process is first."""
    folder = Path(settings.STATIC_ROOT)
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        collect_static()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WhiteNoise, "update_files_dictionary", _looked_through_once())
        yield


def _looked_through_once() -> Callable[[WhiteNoise, str, str], None]:
    """Every test client has middleware of its own, and looking at all the files took it ten times as long as a page."""
    look_through, found = WhiteNoise.update_files_dictionary, dict[tuple[str, str], dict[str, object]]()

    def update(self: WhiteNoise, root: str, prefix: str) -> None:
        if (root, prefix) not in found:
            look_through(self, root, prefix)
            found[root, prefix] = dict(self.files)
        self.files.update(found[root, prefix])

    return update


@pytest.fixture(autouse=True)
def korean() -> Iterator[None]:
    """No test inherits the language of the one before."""
    translation.activate(settings.LANGUAGE_CODE)
    yield
    translation.deactivate()


@pytest.fixture
def world(db: None) -> World:
    """The small market of `tests.world`, rolled back after the test."""
    return make_world()


@pytest.fixture
def takes_card() -> Iterator[None]:
    """Cards can be paid with, by a gateway that nobody can reach."""
    nowhere = "http://127.0.0.1:9"
    secret = secrets.token_hex()
    gateways.use({"toss": TossGateway(base_url=nowhere, sdk_url=nowhere, secret_key=secret, client_key="test_ck")})
    yield
    gateways.use({})
