"""WORKSPACE: telling open screens that something is new. Comes in: the highest ids in the database, once a second. Goes
out: one line to each open screen, coalesced. Carries no data: a screen that is told looks for itself.

Each nudge costs one fragment run per open screen, so the more screens are open the longer each rests between two.
"""

import asyncio
import random
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import structlog
from anyio.to_thread import run_sync
from sqlmodel import col, func, select
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from models import Event, Mention, Note, Reading
from models import Response as Answer
from workspace.house import house
from workspace.identity import find_session

log = structlog.get_logger("workspace.nudges")

LOOK_SECONDS = 1.0
REST_SECONDS = 1.0
"""The least time between two nudges of one screen; a tenth of a second more for each open screen."""
ALIVE_SECONDS = 15.0
"""How often a silent stream says that it lives, and looks whether its session does."""


@dataclass
class Nudges:
    """What is newest, and who wants to know."""

    newest: tuple[object, ...] = ()
    turn: int = 0
    changed: asyncio.Condition = field(default_factory=asyncio.Condition)
    open_screens: int = 0

    async def watch(self) -> None:
        """Look once a second, for ever. A database that cannot be asked is asked again."""
        while True:
            try:
                newest = await run_sync(_newest)
            except Exception as error:  # the outermost loop: logged, and the next look may succeed
                log.warning("nudges.look_failed", exc_info=error)
            else:
                if newest != self.newest:
                    self.newest = newest
                    await self.announce()
            await asyncio.sleep(LOOK_SECONDS)

    async def announce(self) -> None:
        """Wake every open stream."""
        async with self.changed:
            self.turn += 1
            self.changed.notify_all()

    async def stream(self, token_hash: str) -> AsyncIterator[str]:
        """One open screen's lines, as Server-Sent Events, until its session ends."""
        self.open_screens += 1
        seen = self.turn
        try:
            yield "retry: 3000\n\n"
            while await run_sync(find_session, token_hash) is not None:
                if await self._news(seen):
                    seen = self.turn
                    yield f"data: {seen}\n\n"
                    await asyncio.sleep((REST_SECONDS + 0.1 * self.open_screens) * random.uniform(0.8, 1.2))
                else:
                    yield ": alive\n\n"
            yield "event: ended\ndata: signed out\n\n"
        finally:
            self.open_screens -= 1

    async def _news(self, seen: int) -> bool:
        async with self.changed:
            if self.turn != seen:
                return True
            try:
                await asyncio.wait_for(self.changed.wait(), ALIVE_SECONDS)
            except TimeoutError:
                return False
            return self.turn != seen


NUDGES = Nudges()


async def events(request: Request) -> Response:
    """GET /events: the stream of nudges, for somebody signed in."""
    if request.state.signed_in is None:
        return Response(status_code=401)
    headers = {"cache-control": "no-store", "x-accel-buffering": "no"}
    stream = NUDGES.stream(request.state.token_hash)
    return StreamingResponse(stream, media_type="text/event-stream", headers=headers)


def _newest() -> tuple[object, ...]:
    database, _ = house()
    with database.reading() as session:
        tables = (Event.id, Mention.id, Reading.id, Note.id, Answer.id)
        return tuple(session.exec(select(func.max(col(column)))).one() for column in tables)
