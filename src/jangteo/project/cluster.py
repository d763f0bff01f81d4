"""The private PostgreSQL server of one installation, driven with its own binaries and reached by Unix socket only.

Below its folder: `data/` (the cluster), `conf/` (written anew at each start), `run/` (the socket), `server.log`.
Two roles: `postgres` (superuser, for backup and repair) and `jangteo` (owns the database of that name and may create
others, but is no superuser, so that row security and file access rules bind it). Who may connect is decided by
the kernel's word on the operating-system user (`peer`): there is no password, and no TCP.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import shutil
import signal
import stat
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from jangteo.project import server_user
from jangteo.project.processes import tied_to
from jangteo.project.server_programs import OLDEST_MAJOR, Binaries, found_binaries
from jangteo.project.server_user import ClusterError, ServerUser

ROLE = DATABASE = "jangteo"
PORT = "5432"  # only names the socket file

_LONGEST_SOCKET_PATH = 100
_START_SECONDS = 120
_LEFTOVER_SECONDS = 10
_LOG_BYTES = 10_000_000
_PROVISION = f"""\
CREATE ROLE {ROLE} LOGIN CREATEDB
GRANT pg_monitor TO {ROLE}
CREATE EXTENSION IF NOT EXISTS pg_stat_statements
GRANT EXECUTE ON FUNCTION pg_stat_statements_reset TO {ROLE}
CREATE DATABASE {DATABASE} OWNER {ROLE}
"""
_ALWAYS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_line_prefix": "%m [%p] %d ",
    "log_min_duration_statement": "500ms",
    "jit": "off",
    "random_page_cost": "1.1",
}
_NOT_DURABLE = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    # Databases of tests go before it is worth while to look after them.
    "autovacuum": "off",
    "track_counts": "off",
    "max_wal_size": "4GB",
    "checkpoint_timeout": "1d",
}


class Cluster:
    """A PostgreSQL cluster in `folder`. `durable=False` trades crash safety for speed and is for tests only.

    `binaries` overrides the search for server programs.
    """

    def __init__(self, folder: Path, *, durable: bool = True, binaries: Binaries | None = None) -> None:
        self.folder = folder.resolve()
        self.data = self.folder / "data"
        self._durable = durable
        self._binaries = binaries
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def socket_folder(self) -> Path:
        """Where the socket is: beside the data, or in a short private folder where that path would be too long."""
        beside = self.folder / "run"
        if len(os.fsencode(beside / f".s.PGSQL.{PORT}")) < _LONGEST_SOCKET_PATH:
            return beside
        # The owner and mode of a folder there are checked before it is used. TMPDIR may differ between processes.
        return Path("/tmp") / f"jangteo-{hashlib.sha256(os.fsencode(self.folder)).hexdigest()[:16]}"  # noqa: S108  # see above

    @property
    def settings(self) -> dict[str, str]:
        """Django's connection settings; the same whether the server runs or not."""
        return {"HOST": str(self.socket_folder), "PORT": PORT, "USER": ROLE, "NAME": DATABASE, "PASSWORD": ""}

    def url(self, database: str = DATABASE, role: str = ROLE) -> str:
        """A libpq connection address, as `DATABASE_URL` takes it."""
        return f"postgresql://{role}@/{database}?host={quote(str(self.socket_folder), safe='')}&port={PORT}"

    def is_running(self) -> bool:
        """True while a server that was started for this folder lives."""
        return self._running_pid() is not None

    def start(self, *, with_parent: bool = False) -> str:
        """Have the server running and ready, and return its `url()`. Creates the cluster the first time.

        `with_parent`: a server started by this call ends with the calling process, however that ends; else it runs
        until `stop()`. Raises ClusterError.
        """
        with self._locked():
            if not self.is_running():
                self._launch(with_parent=with_parent)
        return self.url()

    def stop(self) -> None:
        """Have no server running: ends open connections, writes everything down. Harmless when there is none."""
        if not self.folder.exists():
            return
        with self._locked():
            for number, seconds in ((signal.SIGINT, 60), (signal.SIGQUIT, 10)):
                pid = self._running_pid()
                if pid is None:
                    break
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, number)
                self._wait_until_gone(pid, seconds)
            with contextlib.suppress(OSError):
                self.socket_folder.rmdir()

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            lock = os.open(self.folder / "lock", os.O_RDONLY | os.O_CREAT, 0o644)
            try:
                fcntl.flock(lock, fcntl.LOCK_EX)
                yield
            finally:
                os.close(lock)
        except PermissionError:
            raise ClusterError(
                "folder_not_writable",
                f"{self.folder} 폴더에 쓸 수 없어요. 폴더 주인으로 다시 하거나 JANGTEO_VAR로 다른 폴더를 정해 주세요.",
                f"Cannot write to {self.folder}: start as its owner, or name another folder in JANGTEO_VAR.",
            ) from None

    def _launch(self, *, with_parent: bool) -> None:
        binaries = self._binaries or self._fitting_binaries()
        owner = self.data.stat().st_uid if self.data.exists() else None
        user = server_user.choose(Path(binaries.program("initdb")), self.folder, owner)
        if owner is None:
            self._initialise(binaries, user)
        self._make_socket_folder(user)
        self._write_configuration(binaries, user)
        patient_until = time.monotonic() + _LEFTOVER_SECONDS
        while told := self._serve(binaries, user, with_parent=with_parent):
            # The sessions of a killed server hold its shared memory until they notice.
            if "pre-existing shared memory block" not in told or time.monotonic() > patient_until:
                raise _server_failed(told)
            time.sleep(0.1)

    def _fitting_binaries(self) -> Binaries:
        found = list(found_binaries())
        if not found:
            raise ClusterError(
                "no_postgresql",
                "PostgreSQL이 없어요. `apt-get install postgresql`을 하거나 DATABASE_URL에 서버 주소를 적어 주세요.",
                f"No PostgreSQL {OLDEST_MAJOR} or newer: `apt-get install postgresql`, or set DATABASE_URL.",
            )
        version = self.data / "PG_VERSION"
        if not version.exists():
            return found[0]
        major = int(version.read_text())
        for binaries in found:
            if binaries.major == major:
                return binaries
        raise ClusterError(
            "other_major",
            f"이 데이터는 PostgreSQL {major}의 것인데 여기에는 {found[0].major}만 있어요. "
            f"{major} 버전의 pg_dump로 내보내고 {self.folder} 폴더를 치운 다음, 다시 켜서 pg_restore로 넣어 주세요.",
            f"The data is of PostgreSQL {major}, here is {found[0].major}: dump it with pg_dump of version {major}, "
            f"move {self.folder} away, start again and load it with pg_restore.",
        )

    def _initialise(self, binaries: Binaries, user: ServerUser) -> None:
        """Make the cluster with its roles under another name first, so that a half-made one is never used."""
        draft = self.folder / "data-draft"
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700)
        os.chown(draft, user.uid, user.gid)
        initdb = [binaries.program("initdb"), "-D", str(draft), "--username=postgres", "--auth-local=peer"]
        initdb += ["--auth-host=reject", "--encoding=UTF8", "--locale=C.UTF-8", "--no-instructions"]
        initdb += ["--data-checksums"] if self._durable else ["--no-sync"]
        self._run_once(user, initdb)
        single = [binaries.program("postgres"), "--single", "-D", str(draft), "-c", "exit_on_error=true"]
        single += [] if self._durable else ["-c", "fsync=off"]
        self._run_once(user, [*single, "template1"], _PROVISION)
        draft.rename(self.data)

    def _run_once(self, user: ServerUser, command: list[str], text: str = "") -> None:
        done = subprocess.run(
            (*user.prefix, *command),
            cwd="/",
            env=_environment(),
            input=text,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        if done.returncode:
            raise _server_failed(f"{Path(command[0]).name}: {done.stdout[-2000:].strip()}")

    def _make_socket_folder(self, user: ServerUser) -> None:
        folder = self.socket_folder
        with contextlib.suppress(FileExistsError):
            folder.mkdir(mode=0o700)
            os.chown(folder, user.uid, user.gid)
        # Below /tmp somebody else may have been first, and would then see every query.
        found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != user.uid or stat.S_IMODE(found.st_mode) & 0o077:
            raise ClusterError(
                "socket_folder_taken",
                f"{folder}가 다른 사람의 것이에요. 지우고 다시 해 주세요.",
                f"{folder} belongs to somebody else: remove it and start again.",
            )

    def _write_configuration(self, binaries: Binaries, user: ServerUser) -> None:
        conf = self.folder / "conf"
        conf.mkdir(mode=0o755, exist_ok=True)
        values = {
            **_ALWAYS,
            **({} if self._durable else _NOT_DURABLE),
            "unix_socket_directories": '"{}"'.format(str(self.socket_folder).replace('"', '""')),
            "hba_file": str(conf / "hba.conf"),
            "ident_file": str(conf / "ident.conf"),
        }
        if binaries.has_library("pg_stat_statements"):
            values["shared_preload_libraries"] = "pg_stat_statements"
        lines = ["{} = '{}'".format(name, value.replace("'", "''")) for name, value in values.items()]
        _replace(conf / "postgresql.conf", lines)
        _replace(conf / "hba.conf", [f"local {what} all peer map=owner" for what in ("all", "replication")])
        names = {server_user.name_of(uid) for uid in (os.geteuid(), user.uid)}
        _replace(conf / "ident.conf", [f'owner "{name}" {role}' for name in names for role in (ROLE, "postgres")])

    def _serve(self, binaries: Binaries, user: ServerUser, *, with_parent: bool) -> str:
        """Start the server and wait until it answers. Returns what it said if it ended instead, else ""."""
        self._clear_leftovers()
        prefix = [*user.prefix, *(["--pdeathsig=keep"] if user.prefix and with_parent else [])]
        config = f"config_file={self.folder / 'conf' / 'postgresql.conf'}"
        log = self.folder / "server.log"
        if log.exists() and log.stat().st_size > _LOG_BYTES:
            log.replace(self.folder / "server.log.1")
        with log.open("ab") as output:
            start_of_log = output.tell()
            self._process = subprocess.Popen(
                [*prefix, binaries.program("postgres"), "-D", str(self.data), "-c", config],
                cwd="/",
                env=_environment(),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=tied_to(os.getpid(), signal.SIGINT) if with_parent else None,
            )
        deadline = time.monotonic() + _START_SECONDS
        while time.monotonic() < deadline:
            if self._process.poll() is not None:
                return log.read_bytes()[start_of_log:].decode(errors="replace")[-2000:].strip() or "(nothing)"
            if self._is_ready(self._process.pid):
                return ""
            time.sleep(0.01)
        raise _server_failed(f"not ready after {_START_SECONDS} s, see {log}")

    def _is_ready(self, pid: int) -> bool:
        lines = self._pid_file()
        return len(lines) > 7 and lines[0] == str(pid) and lines[7].startswith("ready")

    def _pid_file(self) -> list[str]:
        try:
            return (self.data / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return []

    def _running_pid(self) -> int | None:
        lines = self._pid_file()
        pid = int(lines[0]) if lines and lines[0].isdigit() else 0
        return pid if pid and self._is_our_server(pid) else None

    def _is_our_server(self, pid: int) -> bool:
        """After a kill -9 or a reboot the number in the pid file may belong to any program."""
        if not Path("/proc/self").exists():
            return _exists(pid)
        try:
            arguments = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
        except (FileNotFoundError, ProcessLookupError):
            return False
        return os.fsencode(self.data) in arguments

    def _clear_leftovers(self) -> None:
        """Remove what a killed server left behind: PostgreSQL takes a reused process number for a live server.

        Safe even if one did live: its shared memory is found by the inode of the data and stops a second one.
        """
        socket = self.socket_folder / f".s.PGSQL.{PORT}"
        for path in (self.data / "postmaster.pid", socket, socket.with_name(f"{socket.name}.lock")):
            path.unlink(missing_ok=True)

    def _wait_until_gone(self, pid: int, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while self._is_our_server(pid) and time.monotonic() < deadline:
            if self._process is not None and self._process.pid == pid:
                self._process.poll()
            time.sleep(0.01)


def connection_settings(var: Path) -> dict[str, str]:
    """Django's HOST, PORT, USER, NAME and PASSWORD for the private server of the installation in `var`."""
    return Cluster(var / "pg").settings


@contextlib.contextmanager
def running(var: Path) -> Iterator[Cluster | None]:
    """The installation's database answers inside; afterwards a server that this call started is stopped again.

    Gives None when `DATABASE_URL` names a server, which is then nobody's to start. Raises ClusterError.
    """
    if os.environ.get("DATABASE_URL", "").strip():
        yield None
        return
    cluster = Cluster(var / "pg")
    was_running = cluster.is_running()
    cluster.start(with_parent=True)
    try:
        yield cluster
    finally:
        if not was_running:
            cluster.stop()


def _environment() -> dict[str, str]:
    """Nothing of ours: PG* variables and locale settings of the caller must not reach the server."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8", "TZ": "UTC"}


def _replace(path: Path, lines: list[str]) -> None:
    draft = path.with_name(f"{path.name}.draft")
    draft.unlink(missing_ok=True)
    draft.write_text("".join(f"{line}\n" for line in ("# Written at each start; changes are lost.", *lines)))
    draft.chmod(0o644)
    draft.replace(path)


def _exists(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _server_failed(told: str) -> ClusterError:
    return ClusterError(
        "server_failed",
        f"데이터베이스를 켜지 못했어요. PostgreSQL이 이렇게 말했어요:\n{told}",
        "The database did not start; above is what PostgreSQL said.",
    )
