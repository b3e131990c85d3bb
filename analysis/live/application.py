"""The application: the page, policies to try, news of them, and their files."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from analysis.live.desk import Desk
from analysis.live.summary import summary
from analysis.live.trial import CANCELLED, Trial
from analysis.live.trial_queue import Busy, TrialQueue
from data.errors import InputError, nearest
from scenarios.writing import written

FILE = "my-policy.toml"
"""Name under which a policy is saved."""
ASKED = ("start", "levers", "page")
"""Words of a policy to try: what it starts from, its levers, the page that asks."""
PULSE = 15.0
"""Seconds after which a silent stream says that it is still there."""


@dataclass(frozen=True, slots=True)
class Application:
    """Answers to the page's requests."""

    desk: Desk
    queue: TrialQueue
    page: str

    async def show(self, _: Request) -> Response:
        """Return the page."""
        return HTMLResponse(self.page)

    async def begin(self, request: Request) -> Response:
        """Take a policy to try, in place of the page's last one."""
        try:
            words = _read(await request.body())
            scenario = self.desk.policy(words)
            trial = self.queue.add(scenario, str(words.get("page", "")))
        except ClientDisconnect:
            return _line(413, "more was sent than a policy has")
        except InputError as mistake:
            return _line(400, str(mistake))
        except Busy:
            return _line(503, "busy with other policies; try again in some seconds")
        return Response(json.dumps({"trial": trial.number}), 202, media_type="application/json")

    async def news(self, request: Request) -> Response:
        """Return a stream with what a trial comes to, anew after every replication."""
        trial = self.queue.find(request.path_params["number"])
        if trial is None:
            return _line(404, "no such policy is being tried; move a lever")
        return StreamingResponse(self._events(trial), media_type="text/event-stream")

    async def cancel(self, request: Request) -> Response:
        """Let a trial end."""
        self.queue.cancel(request.path_params["number"])
        return Response(status_code=204)

    async def save(self, request: Request) -> Response:
        """Return the scenario of a trial as a file."""
        trial = self.queue.find(request.path_params["number"])
        if trial is None:
            return _line(404, "this policy is no longer remembered; move a lever")
        header = {"content-disposition": f'attachment; filename="{FILE}"'}
        return Response(written(trial.scenario), media_type="application/toml", headers=header)

    async def _events(self, trial: Trial) -> AsyncIterator[str]:
        """Yield the state of a trial until it is over; it ends with its last listener."""
        try:
            while True:
                known, over = len(trial.pairs), trial.over
                yield f"data: {json.dumps(summary(trial, self.desk.units), allow_nan=False)}\n\n"
                if over:
                    return
                while not trial.over and len(trial.pairs) == known:
                    try:
                        await asyncio.wait_for(trial.news(known), PULSE)
                    except TimeoutError:
                        yield ": still there\n\n"
        finally:
            trial.end(CANCELLED)

    @asynccontextmanager
    async def lifespan(self, _: Any) -> AsyncIterator[None]:
        """Keep the queue at work while the server runs."""
        work = asyncio.create_task(self.queue.work())
        try:
            yield
        finally:
            work.cancel()
            with suppress(asyncio.CancelledError):
                await work


def application(desk: Desk, queue: TrialQueue, page: str) -> Starlette:
    """Return the application, open to everybody: `Admission` stands before it."""
    own = Application(desk, queue, page)
    return Starlette(
        routes=[
            Route("/", own.show),
            Route("/trials", own.begin, methods=["POST"]),
            Route("/trials/{number}", own.cancel, methods=["DELETE"]),
            Route("/trials/{number}/news", own.news),
            Route("/trials/{number}/scenario.toml", own.save),
        ],
        lifespan=own.lifespan,
    )


def _read(body: bytes) -> dict[str, Any]:
    """Return the JSON of a policy; raises InputError if it is none."""
    try:
        words = json.loads(body, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise InputError("the policy is no JSON") from None
    if not isinstance(words, dict) or not isinstance(words.get("levers", {}), dict):
        raise InputError("a policy is a table of levers")
    for word in words:
        if word not in ASKED:
            raise InputError(f"{word:.60}: {nearest(word, ASKED)}")
    return words


def _no_number(word: str) -> None:
    raise ValueError(word)


def _line(status: int, text: str) -> Response:
    return PlainTextResponse(" ".join(text.split()) + "\n", status)
