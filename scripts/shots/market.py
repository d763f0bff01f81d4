"""A demo market to take pictures of: always on the same morning, thrown away afterwards."""

from __future__ import annotations

import io
import os
import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from jangteo.project.addresses import next_free

ROOT = Path(__file__).resolve().parents[2]
# A market looks different at night and on every day: in the pictures it is always this Friday morning.
MORNING = datetime(2026, 11, 20, 10, 5, tzinfo=ZoneInfo("Asia/Seoul"))
EARLIER_ORDERS = 30
# Found by every Python process that has its folder on the path. Time goes on, but from that morning.
SHIFT = """import time_machine
from datetime import datetime, timedelta, timezone
time_machine.travel(datetime.now(timezone.utc) + timedelta(seconds={seconds})).start()
"""


@dataclass(frozen=True, slots=True)
class Market:
    """A running demo market and one unused way in for each kind of person; the owner is that of 바다네 생선."""

    url: str
    owner_link: str
    office_link: str
    helper_link: str

    @property
    def front(self) -> str:
        return f"{self.url}/jangteo/"


@contextmanager
def market_of_our_own() -> Iterator[Market]:
    """`jangteo up` with a fresh demo market on free ports; stopped and thrown away afterwards."""
    port = next_free("127.0.0.1", 18400) or sys.exit("no free port")
    command = [str(ROOT / ".venv/bin/jangteo"), "up", "--host", "127.0.0.1", "--port", str(port)]
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)  # the database server may be another user
        seconds = (MORNING - datetime.now(UTC)).total_seconds()
        (Path(folder) / "sitecustomize.py").write_text(SHIFT.format(seconds=seconds))
        environment = {**os.environ, "JANGTEO_VAR": f"{folder}/var", "PYTHONPATH": folder}
        environment.pop("DATABASE_URL", None)
        process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
        try:
            links = printed_links(process)
            earlier = [command[0], "day", "--orders", str(EARLIER_ORDERS), "--speed", "0"]
            subprocess.run(earlier, env=environment, check=True, stdout=subprocess.DEVNULL)
            yield Market(f"http://127.0.0.1:{port}", links[0], *links[-2:])
        finally:
            process.send_signal(signal.SIGINT)
            process.communicate()


def printed_links(process: subprocess.Popen[str]) -> list[str]:
    """The entry links that `jangteo up` prints when it is ready: stalls in the order of the map, office, helper."""
    output, links = process.stdout or io.StringIO(), []
    for line in output:
        links += re.findall(r"http://\S+/in/\S+/", line)
        if "Ctrl+C" in line:
            return links
    sys.exit("jangteo up ended before the market was open")
