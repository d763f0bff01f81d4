"""The live process: listens to PostgreSQL and passes news on to browsers as server-sent events.

Event ids are given before commit, so a later id can become visible first. A connected screen gets each event by its
own notification and misses none. A screen that comes back is sent what it may have missed again, a little too much
rather than too little; it drops ids it has seen. Where that cannot be told, it is told to look at everything.
"""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict
from collections.abc import Awaitable, Callable, MutableMapping
from contextlib import suppress
from typing import Protocol
from urllib.parse import parse_qs

import psycopg
import structlog
from django.core import signing

from jangteo.kernel.live import channels_of

Message = MutableMapping[str, object]
Scope = MutableMapping[str, object]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

HEARTBEAT_SECONDS = 15.0
RECONNECT_SECONDS = 0.5
OVERLAP_SECONDS = 60
WAITING_EVENTS = 200
# When the process starts anew all screens come back at once; the database has few connections to give.
CATCHING_UP = 4

Row = tuple[int, str, str, object]

log = structlog.get_logger(__name__)


class Connect(Protocol):
    """Opens an autocommit connection to the database."""

    def __call__(self) -> Awaitable[psycopg.AsyncConnection[Row]]: ...


class Hub:
    """Who listens to which channel. One per process."""

    def __init__(self, connect: Connect) -> None:
        self._connect = connect
        self._queues: dict[str, set[asyncio.Queue[str]]] = defaultdict(set)
        self._listener: asyncio.Task[None] | None = None
        self._catching_up = asyncio.Semaphore(CATCHING_UP)

    def start(self) -> None:
        """Begin listening on the running loop; a second call does nothing."""
        if self._listener is None or self._listener.done():
            self._listener = asyncio.get_running_loop().create_task(self._listen())

    async def stop(self) -> None:
        if self._listener is not None:
            self._listener.cancel()
            with suppress(asyncio.CancelledError):
                await self._listener

    def join(self, channels: frozenset[str]) -> asyncio.Queue[str]:
        queue: asyncio.Queue[str] = asyncio.Queue(WAITING_EVENTS)
        for channel in channels:
            self._queues[channel].add(queue)
        return queue

    def leave(self, channels: frozenset[str], queue: asyncio.Queue[str]) -> None:
        for channel in channels:
            self._queues[channel].discard(queue)
            if not self._queues[channel]:
                del self._queues[channel]

    async def missed(self, channels: frozenset[str], last_id: int) -> list[str]:
        """Events after `last_id`, and those of the minute before it that may have been committed later.

        Only REFRESH when there are more than a screen can queue, when `last_id` is older than what is kept, and when
        the database does not answer.
        """
        try:
            async with self._catching_up, await self._connect() as connection:
                rows = await _rows_since(connection, channels, last_id)
        except (psycopg.Error, OSError) as lost:
            log.warning("live_catching_up_failed", reason=type(lost).__name__)
            return [REFRESH]
        if len(rows) > WAITING_EVENTS + 1 or all(row[0] != last_id for row in rows):
            return [REFRESH]
        return [frame(*row) for row in rows if row[0] != last_id]

    async def _listen(self) -> None:
        while True:
            try:
                async with await self._connect() as connection:
                    await connection.execute("LISTEN live")
                    self._tell_everyone(REFRESH)
                    async for notice in connection.notifies():
                        self._pass_on(notice.payload)
            except (psycopg.Error, OSError) as lost:
                log.warning("live_database_lost", reason=type(lost).__name__)
            await asyncio.sleep(RECONNECT_SECONDS)

    def _pass_on(self, notice: str) -> None:
        try:
            event_id, channel, kind, payload = notice.split("|", 3)
            text = frame(int(event_id), channel, kind, json.loads(payload))
        except ValueError:
            # Whoever may connect to the database may notify; a stray word must not deafen every screen.
            log.warning("live_strange_notice")
            return
        for queue in tuple(self._queues.get(channel, ())):
            put(queue, text)

    def _tell_everyone(self, text: str) -> None:
        for queue in {queue for queues in self._queues.values() for queue in queues}:
            put(queue, text)


async def _rows_since(connection: psycopg.AsyncConnection[Row], channels: frozenset[str], last_id: int) -> list[Row]:
    """The event `last_id` itself, if it is still there, and what a screen that saw it may have missed."""
    rows = await connection.execute(
        "SELECT id, channel, kind, payload FROM kernel_liveevent WHERE id = %s OR channel = ANY(%s) AND (id > %s"
        " OR at > (SELECT at FROM kernel_liveevent WHERE id = %s) - make_interval(secs => %s)) ORDER BY id LIMIT %s",
        [last_id, list(channels), last_id, last_id, OVERLAP_SECONDS, WAITING_EVENTS + 2],
    )
    return await rows.fetchall()


def frame(event_id: int, channel: str, kind: str, payload: object) -> str:
    """One server-sent event."""
    body = json.dumps({"channel": channel, "kind": kind, "payload": payload}, ensure_ascii=False)
    return f"id: {event_id}\nevent: news\ndata: {body}\n\n"


REFRESH = "event: refresh\ndata: {}\n\n"


def put(queue: asyncio.Queue[str], text: str) -> None:
    """Queue an event; a screen too slow for its queue is told to look at everything instead."""
    if queue.full():
        while not queue.empty():
            queue.get_nowait()
        text = REFRESH
    queue.put_nowait(text)


class LiveApp:
    """The ASGI application: GET /?t=TICKET gives a stream, everything else a short refusal."""

    def __init__(self, connect: Connect) -> None:
        self.hub = Hub(connect)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._lifespan(receive, send)
        elif scope["type"] == "http":
            await self._stream(scope, receive, send)

    async def _lifespan(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                self.hub.start()
                await send({"type": "lifespan.startup.complete"})
            else:
                await self.hub.stop()
                await send({"type": "lifespan.shutdown.complete"})
                return

    async def _stream(self, scope: Scope, receive: Receive, send: Send) -> None:
        query = parse_qs(bytes(scope["query_string"]).decode())  # type: ignore[call-overload]  # ASGI says bytes
        try:
            channels = channels_of(query.get("t", [""])[0])
        except signing.BadSignature:
            await refuse(send)
            return
        self.hub.start()
        queue = self.hub.join(channels)
        try:
            await send({"type": "http.response.start", "status": 200, "headers": STREAM_HEADERS})
            await self._catch_up(scope, query, channels, send)
            await until_gone(queue, receive, send)
        finally:
            self.hub.leave(channels, queue)

    async def _catch_up(self, scope: Scope, query: dict[str, list[str]], channels: frozenset[str], send: Send) -> None:
        last_id = last_event_id(scope, query)
        events = [REFRESH] if last_id is None else await self.hub.missed(channels, last_id)
        await write(send, "retry: 1000\n\n" + "".join(events))


STREAM_HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"access-control-allow-origin", b"*"),
    (b"x-accel-buffering", b"no"),
]


def last_event_id(scope: Scope, query: dict[str, list[str]]) -> int | None:
    """What the browser saw last: its header on a reconnect, else `?last=`."""
    headers = dict(scope["headers"])  # type: ignore[call-overload]  # ASGI says pairs of bytes
    text = headers.get(b"last-event-id", b"").decode("ascii", "ignore") or query.get("last", [""])[0]
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


async def until_gone(queue: asyncio.Queue[str], receive: Receive, send: Send) -> None:
    """Send what comes, a heartbeat when nothing does, until the browser leaves."""
    gone = asyncio.ensure_future(wait_gone(receive))
    news = asyncio.ensure_future(queue.get())
    try:
        while not gone.done():
            await asyncio.wait({news, gone}, timeout=HEARTBEAT_SECONDS, return_when=asyncio.FIRST_COMPLETED)
            if news.done():
                await write(send, news.result())
                news = asyncio.ensure_future(queue.get())
            elif not gone.done():
                await write(send, ": still here\n\n")
    finally:
        gone.cancel()
        news.cancel()


async def wait_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def write(send: Send, text: str) -> None:
    await send({"type": "http.response.body", "body": text.encode(), "more_body": True})


async def refuse(send: Send) -> None:
    await send({"type": "http.response.start", "status": 403, "headers": [(b"content-type", b"text/plain")]})
    await send({"type": "http.response.body", "body": b"ticket"})
