"""One start of a slow converter for the documents of several cases.

The cases run side by side, each in a thread, but one thread at a time: when a case needs PDFs it
waits, and when all of them wait their documents go to the converter in one call.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from wvp_docs.engines.base import Engine
from wvp_docs.errors import EngineError

T = TypeVar("T")


@dataclass
class _Request:
    documents: Sequence[bytes]
    pdfs: list[bytes] | None = None
    error: EngineError | None = None


@dataclass
class Together:
    """An engine that gathers what is asked of it by a number of threads."""

    engine: Engine
    active: int
    turn: threading.Condition = field(default_factory=threading.Condition)
    waiting: list[_Request] = field(default_factory=list)
    name: str = ""

    def __post_init__(self) -> None:
        self.name = self.engine.name

    def available(self) -> bool:
        """As the engine below."""
        return self.engine.available()

    def convert(self, documents: Sequence[bytes]) -> list[bytes]:
        """Return a PDF for each document; the caller has the turn, and gives it up meanwhile.

        Raises:
            EngineError: one of these documents did not become a PDF.
        """
        request = _Request(documents)
        self.waiting.append(request)
        self._go_on_when_all_wait()
        self.turn.wait_for(lambda: request.pdfs is not None or request.error is not None)
        if request.error:
            raise request.error
        return request.pdfs or []

    def leave(self) -> None:
        """Say that a thread asks nothing any more; it has the turn."""
        self.active -= 1
        self._go_on_when_all_wait()

    def _go_on_when_all_wait(self) -> None:
        if not self.waiting or len(self.waiting) < self.active:
            return
        requests, self.waiting = self.waiting, []
        try:
            pdfs = iter(self.engine.convert([doc for it in requests for doc in it.documents]))
            for request in requests:
                request.pdfs = [next(pdfs) for _ in request.documents]
        except EngineError:
            # One of them is to blame: each gets its own call, so that only that one fails.
            for request in requests:
                self._convert_alone(request)
        self.turn.notify_all()

    def _convert_alone(self, request: _Request) -> None:
        try:
            request.pdfs = self.engine.convert(request.documents)
        except EngineError as error:
            request.error = error


def run_together(tasks: Sequence[Callable[[Together], T]], engine: Engine) -> list[T]:
    """Return what each task returns, their documents converted together; tasks raise nothing.

    Args:
        tasks: each gets the engine to ask; at any moment only one of them runs.
        engine: what is slow to start.
    """
    shared = Together(engine, len(tasks))
    results: dict[int, T] = {}

    def run(at: int, task: Callable[[Together], T]) -> None:
        with shared.turn:
            try:
                results[at] = task(shared)
            finally:
                shared.leave()

    threads = [threading.Thread(target=run, args=item) for item in enumerate(tasks)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [results[at] for at in range(len(tasks))]
