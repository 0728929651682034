"""Who does the work: this process, processes of this machine, or a cluster.

All are asked the same, and give the futures of `concurrent.futures`.
"""

from __future__ import annotations

import os
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, suppress
from multiprocessing import active_children, get_context, parent_process
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import NoReturn, Protocol

from wvp_docs.batch.orders import How, Made, Order
from wvp_docs.batch.work import Kit, definitions_of, work
from wvp_docs.scratch import scratch_folder

Result = Future[list[Made]]

RENEWED_AFTER = 500
"""Tasks after which a process makes way for a fresh one: what leaks somewhere, stays small."""

GRACE = 5.0
"""Seconds in which a process that must stop may put away what it has on the disk."""


class Team(Protocol):
    """Takes tasks as long as there is room for them."""

    @property
    def has_room(self) -> bool:
        """Whether another task can be taken now."""
        ...

    def submit(self, orders: Sequence[Order]) -> Result:
        """Begin with a task; called only when there is room."""
        ...

    def begun(self, result: Result) -> int:
        """Return how many times a task was begun with; again when its worker was lost."""
        ...

    def give_up(self, result: Result) -> bool:
        """Stop a task that takes too long; its future then ends with an error.

        Returns:
            Whether it was stopped: False when nobody has it in hand at this moment.
        """
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

    def begun(self, _: Result) -> int:
        """Return 1: the task is done when its future is there."""
        return 1

    def give_up(self, _: Result) -> bool:
        """Return False: the task is done when its future is there."""
        return False

    def close(self) -> None:
        """Do nothing."""


class Lane:
    """One process that has one task in hand, and that can be stopped without harm to others."""

    def __init__(self, how: How, kit: Kit, memory: int) -> None:
        self._how, self._kit, self._memory = how, kit, memory
        self._pool: ProcessPoolExecutor | None = None
        self._process: BaseProcess | None = None
        self._left = ExitStack()
        self._tasks = 0
        self.result: Result | None = None

    @property
    def is_free(self) -> bool:
        """Whether there is no task in hand."""
        return self.result is None or self.result.done()

    def submit(self, orders: Sequence[Order]) -> Result:
        """Begin with a task, in a fresh process when the old one is worn or broken."""
        if self._tasks >= RENEWED_AFTER or self._has_gone():
            self.close()
        try:
            self.result = self._begun(orders)
        except BrokenProcessPool:  # it went at this very moment
            self.close()
            self.result = self._begun(orders)
        self._tasks += 1
        return self.result

    def _has_gone(self) -> bool:
        """Whether the process was stopped while it had nothing to do; its pool hears it later."""
        return self._process is not None and bool(wait([self._process.sentinel], 0))

    def _begun(self, orders: Sequence[Order]) -> Result:
        before = set(active_children())
        pool = self._pool or self._started()
        result = pool.submit(_work_here, orders, self._how, self._kit)
        if self._pool is None:
            self._pool, self._tasks = pool, 0
            self._process = (set(active_children()) - before).pop()
        return result

    def _started(self) -> ProcessPoolExecutor:
        # Ours and not its own: when it crashes, what it had on the disk is put away all the same.
        ready = (self._kit, self._memory, self._left.enter_context(scratch_folder()))
        return ProcessPoolExecutor(1, get_context("spawn"), _get_ready, ready)

    def ask_to_stop(self) -> None:
        """Tell the process to stop what it does, without waiting until it has."""
        if self._process and not self.is_free:
            self._process.terminate()

    def stop(self) -> None:
        """Stop the process whatever it does; its task then ends with an error."""
        if self._process:
            self._process.terminate()
            self._process.join(GRACE)
            self._process.kill()

    def close(self) -> None:
        """Leave no process behind."""
        if self._pool:
            if not self.is_free:
                self.stop()
            self._pool.shutdown(wait=True, cancel_futures=True)
        self._left.close()
        self._pool = self._process = self.result = None


def _get_ready(kit: Kit, memory: int, scratch: Path) -> None:
    """Load what every case needs, and set the limits of this process."""
    tempfile.tempdir = str(scratch)
    # Ctrl-C is for the process that gives the orders.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _put_away)
    threading.Thread(target=_go_with_parent, daemon=True).start()
    if memory:
        with suppress(ImportError, ValueError, OSError):
            import resource  # noqa: PLC0415  not on Windows

            resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    with suppress(Exception):  # what is wrong with the definitions is said of each case
        definitions_of(kit)


def _put_away(*_: object) -> NoReturn:
    """Put away what is being made: a converter that runs, and what it has on the disk."""
    # Once: the next signal would break off just that.
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    sys.exit(1)


def _go_with_parent() -> NoReturn:
    """End this process when the one that started it is gone, however that ended."""
    if parent := parent_process():
        parent.join()
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE)
    os._exit(1)


def _work_here(orders: Sequence[Order], how: How, kit: Kit) -> list[Made]:
    try:
        return work(orders, how, kit)
    except SystemExit:
        # Told to stop: an executor would take it for what came of the task, and go on.
        os._exit(1)


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

    @property
    def has_room(self) -> bool:
        """Whether one of the processes has nothing to do."""
        return any(lane.is_free for lane in self._lanes)

    def submit(self, orders: Sequence[Order]) -> Result:
        """Give a task to a process that has none."""
        return next(lane for lane in self._lanes if lane.is_free).submit(orders)

    def begun(self, _: Result) -> int:
        """Return 1: a process has one task at a time."""
        return 1

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
