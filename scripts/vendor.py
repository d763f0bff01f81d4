"""Takes the front-end files of other projects that `vendor.json` pins, after checking their hashes.

Some are copied as they are; the icons named in `icons.txt` become one sprite, used as `<use href="…/icons.svg#heart">`.
usage: .venv/bin/python scripts/vendor.py    (needs npm; what it makes is committed, so only a change needs it)
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import quoteattr

ROOT = Path(__file__).resolve().parent.parent
PINS = ROOT / "scripts" / "vendor.json"
ICON_NAMES = ROOT / "scripts" / "icons.txt"
_PEN = 'fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"'


@dataclass(frozen=True, slots=True)
class Pin:
    """One file of an npm package, its SHA-256, and where it goes below the repository."""

    package: str
    version: str
    file: str
    sha256: str
    target: str

    def fetch(self) -> bytes:
        """The file out of the published package. Exits when it is not the pinned one."""
        with tempfile.TemporaryDirectory() as folder:
            wanted = f"{self.package}@{self.version}"
            pack = ["npm", "pack", "--silent", "--pack-destination", folder, wanted]
            subprocess.run(pack, cwd=folder, check=True, stdout=subprocess.DEVNULL)
            (archive,) = Path(folder).glob("*.tgz")
            with tarfile.open(archive) as package:
                member = package.extractfile(f"package/{self.file}")
                content = member.read() if member else b""
        found = hashlib.sha256(content).hexdigest()
        if found != self.sha256:
            sys.exit(f"{wanted} {self.file}: sha256 is {found}, vendor.json pins {self.sha256}")
        return content


def sprite(names: list[str], pin: Pin) -> bytes:
    """One SVG with a symbol for each name. Exits on a name that the package does not have."""
    drawings: dict[str, list[tuple[str, dict[str, str]]]] = json.loads(pin.fetch())
    unknown = [name for name in names if name not in drawings]
    if unknown:
        sys.exit(f"{pin.package} {pin.version} has no icon {', '.join(unknown)}")
    lines = [f"<!-- {pin.package} {pin.version}, ISC and MIT, see NOTICE; made by scripts/vendor.py -->"]
    lines.append('<svg xmlns="http://www.w3.org/2000/svg">')
    for name in names:
        shapes = "".join(_shape(tag, attributes) for tag, attributes in drawings[name])
        lines.append(f'<symbol id="{name}" viewBox="0 0 24 24" {_PEN}>{shapes}</symbol>')
    return "\n".join([*lines, "</svg>", ""]).encode()


def _shape(tag: str, attributes: dict[str, str]) -> str:
    return f"<{tag} {' '.join(f'{key}={quoteattr(str(value))}' for key, value in attributes.items())}/>"


def main() -> None:
    pins = json.loads(PINS.read_text())
    made = [(pin, pin.fetch()) for pin in (Pin(**values) for values in pins["copies"])]
    icons = Pin(**pins["icons"])
    made.append((icons, sprite(sorted(set(ICON_NAMES.read_text().split())), icons)))
    for pin, content in made:
        target = ROOT / pin.target
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        sys.stdout.write(f"{pin.target}  {pin.package} {pin.version}, {len(content)} bytes\n")


if __name__ == "__main__":
    main()
