"""A process apart for the files that may go nowhere: what breaks its reader costs one case.

Their marks are taken before a case travels, on the machine that gives the orders, and that must go
on whatever it meets.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import wait
from functools import partial

from wvp_docs.batch.lanes import Lane
from wvp_docs.batch.orders import Fault, FaultError, fault_of
from wvp_docs.batch.teams import TICK, fault_in
from wvp_docs.beside import Marker, Marks


class Aside:
    """Has files read in a process of their own, which starts with the first of them.

    Args:
        lane: that process.
        clock: gives seconds that only go up.
        time_limit: seconds for one file; 0: no limit.
    """

    def __init__(self, lane: Lane, clock: Callable[[], float], time_limit: float) -> None:
        self._lane, self._clock, self._time_limit = lane, clock, time_limit

    def __call__(self, taken: Marker, content: bytes) -> Marks:
        """Return the marks that are taken of a file.

        Raises:
            FaultError: it broke the process, or took too long.
        """
        result = self._lane.submit(partial(_tried, taken, content))
        deadline, is_late = 0.0, False
        while not wait([result], TICK).done:
            if not (self._time_limit and self._lane.has_begun):
                continue
            deadline = deadline or self._clock() + self._time_limit
            if not is_late and self._clock() >= deadline:
                is_late = True
                self._lane.stop()
        fault = fault_in(result, is_late=is_late)
        said = fault or result.result()
        if isinstance(said, Fault):
            raise FaultError(said)
        return said

    def close(self) -> None:
        """Leave no process behind."""
        self._lane.close()


def _tried(taken: Marker, content: bytes) -> Marks | Fault:
    try:
        return taken(content)
    except Exception as error:  # noqa: BLE001  nobody there would see it
        return fault_of(error)
