"""The private PostgreSQL server, started for real; as root most of these run it below a folder of mode 0700."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from jangteo.project import server_user
from jangteo.project.cluster import Cluster, connection_settings
from jangteo.project.server_programs import Binaries, found_binaries
from jangteo.project.server_user import ClusterError
from jangteo.project.tests.endings import SOURCES, ends_within

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="shows how root gives up its rights")
START = """
import sys
from pathlib import Path
from jangteo.project.cluster import Cluster
Cluster(Path(sys.argv[1]), durable=False).start(with_parent={with_parent})
print("up", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    cluster = Cluster(tmp_path / "pg", durable=False)
    yield cluster
    cluster.stop()


def ask(cluster: Cluster, statement: str, role: str = "jangteo") -> list[tuple[object, ...]]:
    with psycopg.connect(cluster.url(role=role), autocommit=True) as connection:
        cursor = connection.execute(statement.encode())
        return cursor.fetchall() if cursor.description else []


def server_pid(cluster: Cluster) -> int:
    return int((cluster.data / "postmaster.pid").read_text().split()[0])


def start_in_process(folder: Path, *prefix: str, with_parent: bool = False) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [*prefix, sys.executable, "-c", START.format(with_parent=with_parent), str(folder)],
        env={**os.environ, "PYTHONPATH": str(SOURCES), "PYTHONDONTWRITEBYTECODE": "1"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def says(process: subprocess.Popen[str], line: str) -> bool:
    return process.stdout is not None and process.stdout.readline() == f"{line}\n"


@pytest.mark.parametrize("binaries", list(found_binaries()), ids=lambda binaries: f"PostgreSQL {binaries.major}")
def test_new_cluster_is_ready_for_the_market(tmp_path: Path, binaries: Binaries) -> None:
    cluster = Cluster(tmp_path / "pg", durable=False, binaries=binaries)
    cluster.start()
    try:
        assert ask(cluster, "SHOW server_encoding") == [("UTF8",)]
        assert ask(cluster, "SELECT rolsuper, rolcreatedb FROM pg_roles WHERE rolname = 'jangteo'") == [(False, True)]
        assert ask(cluster, "SELECT string_agg(w, '' ORDER BY w) FROM unnest('{하,가,나}'::text[]) w") == [("가나하",)]
        ask(cluster, "CREATE EXTENSION pg_trgm")
        assert ask(cluster, "SELECT word_similarity('떡볶이', '시장 떡볶이') = 1") == [(True,)]
        assert ask(cluster, "SELECT count(*) > 0 FROM pg_stat_statements") == [(True,)]
    finally:
        cluster.stop()


def test_only_the_operating_system_user_gets_in_and_only_by_socket(cluster: Cluster) -> None:
    cluster.start()

    rules = ask(cluster, "SELECT DISTINCT type, auth_method FROM pg_hba_file_rules", role="postgres")
    assert rules == [("local", "peer")]
    assert ask(cluster, "SHOW listen_addresses") == [("",)]
    assert cluster.socket_folder.stat().st_mode & 0o777 == 0o700


def test_restart_takes_less_than_a_second_and_keeps_the_data(cluster: Cluster) -> None:
    cluster.start()
    ask(cluster, "CREATE TABLE kept AS SELECT 1 AS one")
    cluster.stop()
    assert not cluster.is_running()

    began = time.monotonic()
    cluster.start()

    assert time.monotonic() - began < 1
    assert ask(cluster, "SELECT one FROM kept") == [(1,)]


def test_start_of_a_running_server_changes_nothing(cluster: Cluster) -> None:
    cluster.start()
    pid = server_pid(cluster)

    Cluster(cluster.folder, durable=False).start()

    assert server_pid(cluster) == pid


def test_committed_rows_survive_kill_9_with_open_sessions(tmp_path: Path) -> None:
    cluster = Cluster(tmp_path / "pg", durable=True)
    cluster.start()
    try:
        ask(cluster, "CREATE TABLE paid AS SELECT generate_series(1, 1000) AS won")
        with contextlib.closing(psycopg.connect(cluster.url())) as open_session:
            open_session.execute("INSERT INTO paid VALUES (5)")
            # A session that is slow to notice keeps the old server's memory for a while.
            os.kill(open_session.info.backend_pid, signal.SIGSTOP)
            threading.Timer(0.5, os.kill, (open_session.info.backend_pid, signal.SIGCONT)).start()
            os.kill(server_pid(cluster), signal.SIGKILL)
            assert ends_within(server_pid(cluster), seconds=5)
            cluster.start()

        assert ask(cluster, "SELECT count(*) FROM paid") == [(1000,)]
        assert ask(cluster, "SHOW fsync") == [("on",)]
    finally:
        cluster.stop()


def test_stale_pid_file_with_a_reused_number_does_not_stop_a_start(cluster: Cluster) -> None:
    cluster.start()
    pid_file = cluster.data / "postmaster.pid"
    told = pid_file.read_text()
    cluster.stop()
    user = server_user.choose(Path("/bin/sh"), cluster.folder, cluster.data.stat().st_uid)
    command = [*user.prefix, "sh", "-c", "echo up; read end"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as somebody:
        assert says(somebody, "up")
        pid_file.write_text(told.replace(told.split()[0], str(somebody.pid), 1))
        assert not cluster.is_running()

        cluster.start()

        assert cluster.is_running()
        assert server_pid(cluster) != somebody.pid


def test_deep_and_odd_folder_names_work(tmp_path: Path) -> None:
    cluster = Cluster(tmp_path / ("깊은 곳 " * 9) / 'it\'s, "odd"', durable=False)
    cluster.start()
    try:
        assert cluster.socket_folder.parent == Path("/tmp")  # noqa: S108  # the short place
        assert len(os.fsencode(cluster.socket_folder / ".s.PGSQL.5432")) < 100
        assert ask(cluster, "SELECT current_user") == [("jangteo",)]
    finally:
        cluster.stop()
    assert not cluster.socket_folder.exists()


def test_socket_folder_of_somebody_else_is_refused(tmp_path: Path) -> None:
    cluster = Cluster(tmp_path / ("deep" * 30), durable=False)
    cluster.socket_folder.symlink_to(tmp_path)
    try:
        with pytest.raises(ClusterError) as refused:
            cluster.start()
    finally:
        cluster.socket_folder.unlink()

    assert refused.value.code == "socket_folder_taken"


def test_data_of_another_major_version_is_refused_with_a_way_out(tmp_path: Path) -> None:
    cluster = Cluster(tmp_path, durable=False)
    cluster.data.mkdir()
    (cluster.data / "PG_VERSION").write_text("9\n")

    with pytest.raises(ClusterError, match="pg_dump of version 9") as refused:
        cluster.start()

    assert refused.value.code == "other_major"


def test_half_made_cluster_is_made_again(cluster: Cluster) -> None:
    half = cluster.folder / "data-draft"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n")

    cluster.start()

    assert ask(cluster, "SELECT 1") == [(1,)]
    assert not half.exists()


def test_server_tells_why_it_does_not_start(cluster: Cluster) -> None:
    cluster.start()
    cluster.stop()
    (cluster.data / "postgresql.auto.conf").write_text("no_such_setting = 1\n")

    with pytest.raises(ClusterError, match="no_such_setting") as failed:
        cluster.start()

    assert failed.value.code == "server_failed"


def test_two_starts_at_once_make_one_server(cluster: Cluster) -> None:
    starts = [start_in_process(cluster.folder) for _ in range(2)]
    for start in starts:
        assert says(start, "up")
    pid = server_pid(cluster)
    for start in starts:
        start.communicate()

    assert [start.returncode for start in starts] == [0, 0]
    assert server_pid(cluster) == pid
    assert cluster.is_running()


def test_server_tied_to_its_parent_ends_when_that_is_killed(cluster: Cluster) -> None:
    with start_in_process(cluster.folder, with_parent=True) as parent:
        assert says(parent, "up")
        pid = server_pid(cluster)

        parent.kill()

        assert ends_within(pid, seconds=10)


def test_settings_are_known_without_a_server(tmp_path: Path) -> None:
    cluster = Cluster(tmp_path / "pg")

    assert connection_settings(tmp_path) == cluster.settings
    assert not cluster.folder.exists()


@as_root
def test_root_runs_the_server_without_rights_below_a_private_folder(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    cluster = Cluster(home / "jangteo" / "var" / "pg", durable=False)
    cluster.start()
    try:
        status = Path(f"/proc/{server_pid(cluster)}/status").read_text()
        facts = dict(line.split(":\t", 1) for line in status.splitlines() if ":\t" in line)

        assert ask(cluster, "SELECT 1") == [(1,)]
        assert "0" not in facts["Uid"].split()
        assert int(facts["CapPrm"], 16) == int(facts["CapBnd"], 16) == 1 << 2, "reads any folder, nothing else"
        assert facts["NoNewPrivs"] == "1"
        assert home.stat().st_mode & 0o777 == 0o700
    finally:
        cluster.stop()


@as_root
def test_no_capability_is_kept_where_the_server_user_gets_in_by_itself() -> None:
    user = server_user.choose(Path("/bin/sh"), Path("/usr"), None)

    assert user.uid != 0
    assert not [word for word in user.prefix if "cap" in word]


@as_root
def test_normal_user_starts_a_server_of_its_own(tmp_path: Path) -> None:
    folder = tmp_path / "pg"
    folder.mkdir()
    user = server_user.choose(Path(sys.executable), tmp_path, None)
    os.chown(folder, user.uid, user.gid)
    with start_in_process(folder, *user.prefix, with_parent=True) as parent:
        assert says(parent, "up")
        status = Path(f"/proc/{server_pid(Cluster(folder))}/status").read_text()
        parent.communicate()

    assert f"Uid:\t{user.uid}\t{user.uid}" in status
    assert (folder / "data").stat().st_uid == user.uid
