"""One start of a slow converter for the documents of several cases.

The cases run side by side, each in a thread, but one thread at a time: when a case needs PDFs it
waits, and when all of them wait their documents go to the converter in one call. That call is made
by the thread that started them all, so that what stops this process stops the converter too.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from wvp_docs.engines.base import Engine
from wvp_docs.errors import EngineError

T = TypeVar("T")


@dataclass(slots=True)
class _Request:
    documents: Sequence[bytes]
    pdfs: list[bytes] | None = None
    error: Exception | None = None

    @property
    def is_answered(self) -> bool:
        return self.pdfs is not None or self.error is not None


@dataclass(slots=True)
class Together:
    """An engine that gathers what is asked of it by a number of threads.

    Attributes:
        engine: what is slow to start.
        active: how many threads may still ask something.
        turn: held by the one thread that runs.
    """

    engine: Engine
    active: int
    turn: threading.Condition = field(default_factory=threading.Condition)
    name: str = field(init=False)
    _waiting: list[_Request] = field(default_factory=list, init=False)
    _has_stopped: bool = field(default=False, init=False)

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
        if not documents:
            return []
        request = _Request(documents)
        self._waiting.append(request)
        self.turn.notify_all()
        self.turn.wait_for(lambda: request.is_answered or self._has_stopped)
        if request.pdfs is not None:
            return request.pdfs
        raise request.error or EngineError("Het omzetten is afgebroken.")

    def leave(self) -> None:
        """Say that a thread asks nothing any more; it has the turn."""
        self.active -= 1
        self.turn.notify_all()

    def serve(self) -> None:
        """Answer the threads until the last one has left."""
        with self.turn:
            try:
                while self._all_wait():
                    requests, self._waiting = self._waiting, []
                    self._answer(requests)
                    self.turn.notify_all()
            finally:
                self._has_stopped = True
                self.turn.notify_all()

    def _all_wait(self) -> bool:
        """Return when all threads that are left wait: whether there is any."""
        self.turn.wait_for(lambda: len(self._waiting) >= self.active)
        return bool(self._waiting)

    def _answer(self, requests: Sequence[_Request]) -> None:
        documents = [document for request in requests for document in request.documents]
        try:
            pdfs = iter(self.engine.convert(documents))
        except Exception as error:  # noqa: BLE001  each thread gets its own, whatever it is
            if len(requests) == 1:
                requests[0].error = error
            else:
                # One of them is to blame: each gets its own call, so that only that one fails.
                for request in requests:
                    self._answer([request])
            return
        for request in requests:
            request.pdfs = [next(pdfs) for _ in request.documents]


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
    try:
        shared.serve()
    finally:
        for thread in threads:
            thread.join()
    return [results[at] for at in range(len(tasks))]
