"""Who does the work: this process, processes of this machine, or a cluster.

All are asked the same, and give the futures of `concurrent.futures`.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from multiprocessing import get_context
from typing import Protocol

from wvp_docs.batch.orders import How, Made, Order
from wvp_docs.batch.work import Kit, definitions_of, work

Result = Future[list[Made]]

RENEWED_AFTER = 500
"""Tasks after which a process makes way for a fresh one: what leaks somewhere, stays small."""


class Team(Protocol):
    """Takes tasks as long as there is room for them."""

    @property
    def has_room(self) -> bool:
        """Whether another task can be taken now."""
        ...

    def submit(self, orders: Sequence[Order]) -> Result:
        """Begin with a task; called only when there is room."""
        ...

    def give_up(self, result: Result) -> None:
        """Stop a task that takes too long; its future then ends with an error."""
        ...

    def close(self) -> None:
        """Stop at once, and leave no process behind."""
        ...


class Alone:
    """The work in this very process: nothing is limited, and everything can be watched."""

    has_room = True

    def __init__(self, how: How, kit: Kit) -> None:
        self._how, self._kit = how, kit

    def submit(self, orders: Sequence[Order]) -> Result:
        """Do the task."""
        result: Result = Future()
        result.set_result(work(orders, self._how, self._kit))
        return result

    def give_up(self, result: Result) -> None:
        """Do nothing: the task is done when its future is there."""

    def close(self) -> None:
        """Do nothing."""


class Lane:
    """One process that has one task in hand, and that can be stopped without harm to others."""

    def __init__(self, how: How, kit: Kit, memory: int) -> None:
        self._how, self._kit, self._memory = how, kit, memory
        self._pool: ProcessPoolExecutor | None = None
        self._pid: Future[int] | None = None
        self._tasks = 0
        self.result: Result | None = None

    @property
    def is_free(self) -> bool:
        """Whether there is no task in hand."""
        return self.result is None or self.result.done()

    def submit(self, orders: Sequence[Order]) -> Result:
        """Begin with a task, in a fresh process when the old one is worn or broken."""
        if self._tasks >= RENEWED_AFTER or (self.result and _is_broken(self.result)):
            self.close()
        if self._pool is None:
            self.start()
        self._tasks += 1
        if self._pool is None:
            raise RuntimeError
        self.result = self._pool.submit(work, orders, self._how, self._kit)
        return self.result

    def start(self) -> None:
        """Begin with a process: it loads what it needs while the caller goes on."""
        ready = (self._kit, self._memory)
        self._pool = ProcessPoolExecutor(1, get_context("spawn"), _get_ready, ready)
        self._pid, self._tasks = self._pool.submit(os.getpid), 0

    def stop(self) -> None:
        """Stop the process whatever it does; its task then ends with an error."""
        if self._pid and self._pid.done() and not self._pid.exception():
            with suppress(OSError):
                os.kill(self._pid.result(), getattr(signal, "SIGKILL", signal.SIGTERM))

    def close(self) -> None:
        """Leave no process behind."""
        if self._pool:
            if not self.is_free:
                self.stop()
            self._pool.shutdown(wait=True, cancel_futures=True)
        self._pool = self._pid = self.result = None


def _is_broken(result: Result) -> bool:
    return result.done() and isinstance(result.exception(), BrokenProcessPool)


def _get_ready(kit: Kit, memory: int) -> None:
    """Load what every case needs, and set the limit of this process."""
    # Ctrl-C is for the process that gives the orders.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if memory:
        with suppress(ImportError, ValueError, OSError):
            import resource  # noqa: PLC0415  not on Windows

            resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    with suppress(Exception):  # what is wrong with the definitions is said of each case
        definitions_of(kit)


class Lanes:
    """Processes of this machine, each with a task of its own.

    Args:
        how: how the cases are made.
        kit: with what.
        size: how many processes.
        memory: the most bytes that one of them may ask; 0: no limit. Not on Windows.
    """

    def __init__(self, how: How, kit: Kit, size: int, memory: int = 0) -> None:
        self._lanes = [Lane(how, kit, memory) for _ in range(size)]
        for lane in self._lanes:
            lane.start()

    @property
    def has_room(self) -> bool:
        """Whether one of the processes has nothing to do."""
        return any(lane.is_free for lane in self._lanes)

    def submit(self, orders: Sequence[Order]) -> Result:
        """Give a task to a process that has none."""
        return next(lane for lane in self._lanes if lane.is_free).submit(orders)

    def give_up(self, result: Result) -> None:
        """Stop the process that has this task."""
        for lane in self._lanes:
            if lane.result is result:
                lane.stop()

    def close(self) -> None:
        """Stop all processes."""
        for lane in self._lanes:
            lane.close()
