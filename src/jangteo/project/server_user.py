"""Who the private PostgreSQL server runs as: ourselves, or as root somebody without rights."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

_WITHOUT_RIGHTS = ("postgres", "nobody")
# What lets a user without rights work below a private home (mode 0700): it may pass and read any folder, not write.
# PostgreSQL also asks access(2), which drops capabilities of other users than root unless no_setuid_fixup is set.
_PASS_ANY_FOLDER = (
    "--securebits=+no_setuid_fixup",
    "--bounding-set=-all,+dac_read_search",
    "--inh-caps=-all,+dac_read_search",
    "--ambient-caps=-all,+dac_read_search",
)


class ClusterError(Exception):
    """Why there is no database. `code` is stable; the text says in Korean and in English what to do."""

    def __init__(self, code: str, korean: str, english: str) -> None:
        super().__init__(f"{korean}\n{english}")
        self.code = code


@dataclass(frozen=True, slots=True)
class ServerUser:
    """The operating-system user of the server; a command that starts with `prefix` runs as that user."""

    uid: int
    gid: int
    prefix: tuple[str, ...]


def choose(program: Path, folder: Path, owner: int | None) -> ServerUser:
    """The user that can run `program` and work in `folder`; `owner` is the user id that the data belongs to already.

    Raises ClusterError when root finds nobody who can.
    """
    if os.geteuid() != 0:
        return ServerUser(os.geteuid(), os.getegid(), ())
    entry = _entry_of(owner) if owner is not None else _entry_without_rights()
    if shutil.which("setpriv") is None:
        raise ClusterError(
            "no_setpriv",
            "root로는 켤 수 없어요. util-linux를 설치하거나 일반 사용자로 다시 해 주세요.",
            "Cannot start as root: install util-linux (for setpriv), or start as a normal user.",
        )
    plain = ("setpriv", f"--reuid={entry.pw_uid}", f"--regid={entry.pw_gid}", "--clear-groups", "--no-new-privs")
    for prefix in (plain, (*plain, *_PASS_ANY_FOLDER)):
        if _can_reach(prefix, program, folder):
            return ServerUser(entry.pw_uid, entry.pw_gid, prefix)
    raise ClusterError(
        "unreachable_folder",
        f"데이터베이스를 켤 사용자 {entry.pw_name}가 {folder} 폴더까지 들어갈 수 없어요. "
        "장터 폴더를 /srv 같은 곳으로 옮기거나 일반 사용자로 다시 해 주세요.",
        f"User {entry.pw_name}, who would run the database, cannot reach {folder}: "
        "move the checkout to a place like /srv, or start as a normal user.",
    )


def name_of(uid: int) -> str:
    """The login name of a user id. Raises ClusterError for a user id without one, which PostgreSQL refuses as well."""
    return _entry_of(uid).pw_name


def _entry_of(uid: int) -> pwd.struct_passwd:
    try:
        return pwd.getpwuid(uid)
    except KeyError:
        raise ClusterError(
            "nameless_user",
            f"사용자 번호 {uid}의 이름이 이 컴퓨터에 없어요. 이름이 있는 사용자로 다시 해 주세요.",
            f"User id {uid} has no name on this machine: start as a user listed in /etc/passwd.",
        ) from None


def _entry_without_rights() -> pwd.struct_passwd:
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    for name in _WITHOUT_RIGHTS:
        if name in names:
            return names[name]
    raise ClusterError(
        "no_server_user",
        "root로는 데이터베이스를 켤 수 없고 postgres나 nobody 사용자도 없어요. 일반 사용자로 다시 해 주세요.",
        "The database must not run as root and there is no user postgres or nobody: start as a normal user.",
    )


def _can_reach(prefix: tuple[str, ...], program: Path, folder: Path) -> bool:
    """Ask the kernel as that user, because modes alone do not tell (access lists, containers without the right)."""
    question = ("test", "-x", str(program), "-a", "-x", str(folder))
    return subprocess.run((*prefix, *question), cwd="/", capture_output=True, check=False).returncode == 0
