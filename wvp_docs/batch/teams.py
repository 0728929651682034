"""Who does the work: this process, processes of this machine, or a cluster.

All are asked the same, and give the futures of `concurrent.futures`.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from typing import Any, Protocol

from wvp_docs.batch.orders import Fault, How, Made, Order
from wvp_docs.batch.work import Kit, work

Result = Future[list[Made]]

TICK = 0.5
"""Seconds between two looks at the clock; Windows hears of Ctrl-C only then."""


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


def fault_in(result: Future[Any], *, is_late: bool) -> Fault | None:
    """Return why a task ended without a result, if it did."""
    error = result.exception()
    if error is None:
        return None
    if is_late:
        return Fault(
            "tijd",
            "De casus duurde te lang en is gestopt.",
            "Kijk naar de bijlagen, of geef meer tijd met --tijdslimiet.",
        )
    if isinstance(error, EOFError):
        said = "Het proces dat de casus maakte, is vastgelopen of door het systeem gestopt."
    else:
        said = f"De casus kwam niet terug ({type(error).__name__})."
    return Fault("vastgelopen", said, "Was er te weinig geheugen? Neem minder processen.")
