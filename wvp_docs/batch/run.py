"""The run: cases out, results in, and one line about each, whatever happens to it."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path

from wvp_docs.batch.orders import Fault, How, Made, Order, fault_of, order_of
from wvp_docs.batch.plan import Plan, Standing
from wvp_docs.batch.report import Outcome, Status
from wvp_docs.batch.teams import Result, Team
from wvp_docs.casefiles import Found
from wvp_docs.errors import WvpError
from wvp_docs.filling import Definitions
from wvp_docs.output import write_tree
from wvp_docs.pipeline import numbers_in

WRITES_AHEAD = 8
"""Results that may wait to be written: more would fill the memory behind a slow disk."""


@dataclass(frozen=True, slots=True)
class Setup:
    """Everything about a run but its cases and its team.

    Attributes:
        out: the folder with a folder for each case.
        how: how every case is made.
        clock: gives seconds that only go up.
        also: folders where attachments may stand besides that of a case.
        force: make what is unchanged too, and overwrite files that this tool did not make.
        time_limit: seconds for one task; 0: no limit.
        group: how many cases go into one task.
    """

    out: Path
    how: How
    definitions: Definitions
    clock: Callable[[], float]
    also: tuple[Path, ...] = ()
    force: bool = False
    time_limit: float = 0
    group: int = 1

    def plan(self) -> Plan:
        """Return what tells of each case whether it must be made."""
        return Plan(self.out, self.how, self.definitions, self.also)


@dataclass(slots=True)
class _Task:
    """What a member of the team has in hand, and since when."""

    orders: tuple[Order, ...]
    begun: float
    is_late: bool = False


class Run:
    """One run over cases.

    Args:
        setup: everything about it.
        team: who does the work; the caller closes it.
    """

    def __init__(self, setup: Setup, team: Team) -> None:
        self._setup, self._team, self._plan = setup, team, setup.plan()
        self._reasons: dict[str, str] = {}
        self._files: dict[str, str] = {}
        self._pending: dict[Result, _Task] = {}
        self._told: deque[Outcome] = deque()
        self._writing: deque[tuple[Future[None], Made]] = deque()
        self._writer = ThreadPoolExecutor(1)

    def outcomes(self, cases: Iterable[Found]) -> Iterator[Outcome]:
        """Yield what came of each case, as it comes; a fault in one never stops the others.

        When the caller stops asking, what is being written is written whole, and nothing more.
        """
        try:
            for orders in self._groups(cases):
                while not self._team.has_room:
                    self._gather()
                self._pending[self._team.submit(orders)] = _Task(orders, self._setup.clock())
                self._write_up()
                yield from self._news()
            while self._pending:
                self._gather()
                self._write_up()
                yield from self._news()
            self._write_up(until=0)
            yield from self._news()
        finally:
            self._writer.shutdown(wait=True, cancel_futures=True)

    def _news(self) -> Iterator[Outcome]:
        while self._told:
            yield self._told.popleft()

    def _groups(self, cases: Iterable[Found]) -> Iterator[tuple[Order, ...]]:
        group: list[Order] = []
        for found in cases:
            order = self._order(found)
            if order is not None:
                group.append(order)
            if len(group) == self._setup.group:
                yield tuple(group)
                group = []
        if group:
            yield tuple(group)

    def _order(self, found: Found) -> Order | None:
        """Return the order for a case, or None when its outcome is known already."""
        setup, name = self._setup, found.name
        self._files[name] = str(found.path)
        standing = self._plan.standing(found)
        if not standing.reason and not setup.force:
            self._told.append(self._unchanged(name, standing))
            return None
        self._reasons[name] = standing.reason or "opnieuw gevraagd"
        try:
            numbers = numbers_in(setup.out / name, setup.how.extras)
            return order_of(found, setup.definitions.library, setup.also, numbers)
        except WvpError as error:
            self._tell(Made(name, fault=fault_of(error)))
            return None

    def _unchanged(self, name: str, standing: Standing) -> Outcome:
        return Outcome(
            name,
            self._files[name],
            Status.UNCHANGED,
            errors=standing.errors,
            warnings=standing.warnings,
            documents=standing.documents,
            pages=standing.pages,
        )

    def _gather(self) -> None:
        """Wait until a task is done, or until one has had its time."""
        limit, now = self._setup.time_limit, self._setup.clock()
        soonest = min(
            (task.begun for task in self._pending.values() if not task.is_late), default=0
        )
        patience = max(0.0, soonest + limit - now) if limit and soonest else None
        done, _ = wait(self._pending, timeout=patience, return_when=FIRST_COMPLETED)
        for result in done:
            self._take(result, self._pending.pop(result))
        if not done and limit:
            for result, task in self._pending.items():
                if self._setup.clock() - task.begun >= limit and not task.is_late:
                    task.is_late = True
                    self._team.give_up(result)

    def _take(self, result: Result, task: _Task) -> None:
        """Send what a task made to the disk, and tell why it made nothing."""
        fault = _fault_in(result, is_late=task.is_late)
        made = [Made(it.name, fault=fault) for it in task.orders] if fault else result.result()
        for item in made:
            if item.fault:
                self._tell(item)
                continue
            out, force = self._setup.out / item.name, self._setup.force
            writing = self._writer.submit(write_tree, out, item.files, force=force)
            self._writing.append((writing, item))

    def _write_up(self, until: int = WRITES_AHEAD) -> None:
        """Tell what was written; wait when too much stands in line."""
        while self._writing and (len(self._writing) > until or self._writing[0][0].done()):
            writing, made = self._writing.popleft()
            try:
                writing.result()
                self._tell(made)
            except WvpError as error:
                self._tell(Made(made.name, fault=fault_of(error)))

    def _tell(self, made: Made) -> None:
        status = Status.WITH_ERRORS if made.errors else Status.MADE
        self._told.append(
            Outcome(
                made.name,
                self._files[made.name],
                Status.FAILED if made.fault else status,
                self._reasons.get(made.name, ""),
                made.fault,
                made.errors,
                made.warnings,
                made.documents,
                made.pages,
                made.seconds,
                made.memory,
            )
        )


def _fault_in(result: Result, *, is_late: bool) -> Fault | None:
    """Return why a task ended without a result, if it did."""
    if is_late and (result.cancelled() or result.exception()):
        return Fault(
            "tijd", "De casus duurde te lang.", "Kijk naar de bijlagen, of geef meer tijd."
        )
    if result.cancelled():
        return Fault("vastgelopen", "De casus is afgebroken.", "Draai hem opnieuw.")
    error = result.exception()
    if error is None:
        return None
    if isinstance(error, BrokenProcessPool):
        said = "Het proces dat de casus maakte, is vastgelopen of door het systeem gestopt."
        return Fault("vastgelopen", said, "Was er te weinig geheugen? Neem minder processen.")
    return Fault("vastgelopen", f"De casus kwam niet terug ({type(error).__name__}).", "")
