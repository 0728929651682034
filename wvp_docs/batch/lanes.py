"""Processes of this machine, each with one task in hand and a line of its own to who gave it."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import ExitStack, contextmanager
from functools import partial
from multiprocessing import get_context, resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from threading import Thread
from typing import Any, TypeVar

from wvp_docs.batch.orders import How, Order
from wvp_docs.batch.teams import Result
from wvp_docs.batch.work import Kit, work
from wvp_docs.batch.worker import GRACE, serve
from wvp_docs.scratch import scratch_folder

T = TypeVar("T")

RENEWED_AFTER = 500
"""Tasks after which a process makes way for a fresh one: what leaks somewhere, stays small."""


class Lane:
    """One process that has one task in hand, and that can be stopped without harm to others.

    Attributes:
        result: of the last task.
        has_begun: whether the process began with it.
    """

    def __init__(self, kit: Kit, memory: int) -> None:
        self._kit, self._memory = kit, memory
        self._process: BaseProcess | None = None
        self._talk: Thread | None = None
        self._left = ExitStack()
        self._tasks = 0
        self.result: Future[Any] | None = None
        self.has_begun = False

    @property
    def is_free(self) -> bool:
        """Whether there is no task in hand."""
        return self.result is None or self.result.done()

    def submit(self, job: Callable[[], T]) -> Future[T]:
        """Begin with a task, in a fresh process when the old one is worn or gone."""
        if self._tasks >= RENEWED_AFTER or self._has_gone():
            self.close()
        if not self._process:
            self._start()
        self._tasks += 1
        result: Future[T] = Future()
        self.has_begun, self.result = False, result
        self._talk = Thread(target=self._ask, args=(job, result), daemon=True)
        self._talk.start()
        return result

    def _has_gone(self) -> bool:
        """Whether the process ended, or is about to: its line breaks before it is gone."""
        failed = self.result is not None and self.result.exception() is not None
        return failed or bool(self._process and wait([self._process.sentinel], 0))

    def _start(self) -> None:
        context = get_context("spawn")
        self._pipe, theirs = context.Pipe()
        # Ours and not its own: when it crashes, what it had on the disk is put away all the same.
        scratch = self._left.enter_context(scratch_folder())
        given = (theirs, self._kit, self._memory, scratch)
        process = context.Process(target=serve, args=given, daemon=True)
        with _ctrl_c_waiting():
            process.start()
        self._process, self._tasks = process, 0
        # Nobody else holds that end: when the process is gone, ours breaks, also in half a message.
        theirs.close()

    def _ask(self, job: Callable[[], T], result: Future[T]) -> None:
        """Hand over a task, and wait for what comes of it."""
        pipe: Connection[Any, Any] = self._pipe
        try:
            pipe.send(job)
            while (said := pipe.recv()) is None:
                self.has_begun = True
        except (EOFError, OSError):
            result.set_exception(EOFError("the process is gone"))
        except Exception as error:  # noqa: BLE001  whoever waits for it must hear of it
            result.set_exception(error)
        else:
            if isinstance(said, MemoryError):
                result.set_exception(said)
            else:
                result.set_result(said)

    def ask_to_stop(self) -> None:
        """Tell the process to stop what it does, without waiting until it has."""
        if self._process:
            self._process.terminate()

    def stop(self) -> None:
        """Stop the process whatever it does; its task then ends with an error."""
        if self._process:
            self._process.terminate()
            self._process.join(GRACE)
            self._process.kill()
            self._process.join(GRACE)

    def close(self) -> None:
        """Leave no process behind."""
        if self._process:
            self.stop()
            if self._talk:
                self._talk.join(GRACE)
            self._pipe.close()
        self._left.close()
        self._process = self._talk = self.result = None


@contextmanager
def _ctrl_c_waiting() -> Iterator[None]:
    """Keep Ctrl-C for later: a process that starts has it set aside until it is ready for it."""
    if sys.platform == "win32":
        yield
        return
    resource_tracker.ensure_running()  # its start would end the waiting
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class Lanes:
    """Processes of this machine, each with a task of its own.

    Args:
        how: how the cases are made.
        kit: with what.
        size: how many processes.
        memory: the most bytes that one of them may ask; 0: no limit. Not on Windows.
    """

    def __init__(self, how: How, kit: Kit, size: int, memory: int = 0) -> None:
        self._how, self._kit = how, kit
        self._lanes = [Lane(kit, memory) for _ in range(size)]

    @property
    def has_room(self) -> bool:
        """Whether one of the processes has nothing to do."""
        return any(lane.is_free for lane in self._lanes)

    def submit(self, orders: Sequence[Order]) -> Result:
        """Give a task to a process that has none."""
        lane = next(lane for lane in self._lanes if lane.is_free)
        return lane.submit(partial(work, orders, self._how, self._kit))

    def begun(self, result: Result) -> int:
        """Return 1 when the process is ready and began; the start of it is not of the task."""
        return sum(lane.has_begun for lane in self._lanes if lane.result is result)

    def give_up(self, result: Result) -> bool:
        """Stop the process that has this task."""
        lanes = [lane for lane in self._lanes if lane.result is result]
        for lane in lanes:
            lane.stop()
        return bool(lanes)

    def close(self) -> None:
        """Stop all processes."""
        for lane in self._lanes:
            lane.ask_to_stop()
        for lane in self._lanes:
            lane.close()
