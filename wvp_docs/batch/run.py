"""The run: cases out, results in, and one line about each, whatever happens to it."""

from __future__ import annotations

import errno
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field, replace
from pathlib import Path

from wvp_docs.barrier import Apart
from wvp_docs.batch.orders import Fault, How, Made, Order, fault_of, order_of
from wvp_docs.batch.plan import NEW, NOT_OURS, Plan, Standing, left_in
from wvp_docs.batch.report import Outcome, Status
from wvp_docs.batch.teams import TICK, Result, Team, fault_in
from wvp_docs.casefiles import Found
from wvp_docs.errors import OutputError
from wvp_docs.filling import Definitions
from wvp_docs.output import write_tree
from wvp_docs.pipeline import numbers_in

WRITES_AHEAD = 8
"""Results that may wait to be written: more would fill the memory behind a slow disk."""

FULL = 5
"""Results after each other that did not fit on the disk: then no more are made for nothing."""


@dataclass(frozen=True, slots=True)
class Setup:
    """Everything about a run but its cases and its team.

    Attributes:
        out: the folder with a folder for each case.
        how: how every case is made.
        clock: gives seconds that only go up.
        also: folders where attachments may stand besides that of a case.
        force: make what is unchanged too, and overwrite files that this tool did not make.
        time_limit: seconds for one case; 0: no limit.
        group: how many cases go into one task.
        owners: see `Plan`.
    """

    out: Path
    how: How
    definitions: Definitions
    clock: Callable[[], float]
    also: tuple[Path, ...] = ()
    force: bool = False
    time_limit: float = 0
    group: int = 1
    owners: Mapping[str, str] = field(default_factory=dict)

    def plan(self) -> Plan:
        """Return what tells of each case whether it must be made."""
        return Plan(self.out, self.how, self.definitions, self.also, self.owners)


@dataclass(slots=True)
class _Task:
    """What a member of the team has in hand, how many times it began with it, and until when."""

    orders: tuple[Order, ...]
    begun: int = 0
    deadline: float = 0
    is_late: bool = False


class Run:
    """One run over cases.

    Args:
        setup: everything about it.
        team: who does the work; the caller closes it.
        apart: reads the files that may go nowhere; without it, this process does.
    """

    def __init__(self, setup: Setup, team: Team, apart: Apart | None = None) -> None:
        self._setup, self._team, self._plan = setup, team, setup.plan()
        self._apart = apart
        self._begun: dict[str, tuple[Found, Standing]] = {}
        self._pending: dict[Result, _Task] = {}
        self._alone: deque[Order] = deque()
        self._told: deque[Outcome] = deque()
        self._writing: deque[tuple[Future[Fault | None], Made]] = deque()
        self._writer = ThreadPoolExecutor(1)
        self._unfit = 0

    def outcomes(self, cases: Iterable[Found]) -> Generator[Outcome, None, None]:
        """Yield what came of each case, as it comes; a fault in one never stops the others.

        When the caller stops asking, what is being written is written whole, and nothing more.

        Raises:
            OutputError: one result after the other does not fit on the disk.
        """
        group: list[Order] = []
        try:
            for found in cases:
                group += self._ordered(found)
                if len(group) == self._setup.group:
                    self._submit(tuple(group))
                    group = []
                self._gather(0)
                yield from self._news()
            if group:
                self._submit(tuple(group))
            while self._pending or self._alone or self._writing:
                if self._alone:
                    self._submit((self._alone.popleft(),))
                self._gather(TICK)
                if not self._pending:
                    self._write_up(until=0)
                yield from self._news()
        finally:
            self._writer.shutdown(wait=True, cancel_futures=True)

    def _news(self) -> Iterator[Outcome]:
        while self._told:
            yield self._told.popleft()
        if self._unfit >= FULL:
            raise OutputError(
                f"De schijf is vol: {self._unfit} dossiers na elkaar pasten niet meer.",
                hint="Maak ruimte, en ga verder met --resume.",
            )

    def _ordered(self, found: Found) -> list[Order]:
        """Return the order for a case, or none when its outcome is known already."""
        setup = self._setup
        try:
            standing = self._plan.standing(found)
            self._begun[found.name] = found, standing
            if not standing.reason and not setup.force:
                self._tell(Made(found.name, is_same=True))
                return []
            if standing.reason in NOT_OURS:
                self._tell(Made(found.name, fault=standing.fault))
                return []
            since = None if setup.force else standing.since
            numbers = numbers_in(setup.out / found.name, setup.how.extras)
            passwords = setup.how.extras.passwords
            library, also = setup.definitions.library, setup.also
            return [order_of(found, library, also, numbers, since, passwords, self._apart)]
        except Exception as error:  # noqa: BLE001  one case may not stop the rest
            self._begun.setdefault(found.name, (found, Standing(NEW)))
            self._tell(Made(found.name, fault=fault_of(error)))
            return []

    def _submit(self, orders: tuple[Order, ...]) -> None:
        """Give a task to the team as soon as it has room."""
        while not self._team.has_room:
            self._gather(TICK)
        self._pending[self._team.submit(orders)] = _Task(orders)

    def _gather(self, patience: float) -> None:
        """Take what is done, when need be after some seconds, and stop what has had its time."""
        done, _ = wait(self._pending, patience, FIRST_COMPLETED)
        for result in done:
            self._take(result, self._pending.pop(result))
        for result, task in self._pending.items():
            if self._setup.time_limit and not task.is_late:
                self._look_at_the_clock(result, task)
        self._write_up()

    def _look_at_the_clock(self, result: Result, task: _Task) -> None:
        """Stop a task that has had its time, which is counted from when it last began."""
        begun, now = self._team.begun(result), self._setup.clock()
        if begun != task.begun:
            task.begun, task.deadline = begun, now + self._setup.time_limit * len(task.orders)
        if task.begun and now >= task.deadline:
            task.is_late = self._team.give_up(result)

    def _take(self, result: Result, task: _Task) -> None:
        """Send what a task made to the disk, or tell why it made nothing."""
        fault = fault_in(result, is_late=task.is_late)
        if fault and len(task.orders) > 1:
            # One of them is to blame: each gets its own turn, so that only that one fails.
            self._alone.extend(task.orders)
            return
        made = [Made(it.name, fault=fault) for it in task.orders] if fault else result.result()
        for item in made:
            if item.fault or item.is_same:
                self._tell(item)
                continue
            out, force = self._setup.out / item.name, self._setup.force
            writing = self._writer.submit(_write, out, item.files, force=force)
            self._writing.append((writing, replace(item, files={})))

    def _write_up(self, until: int = WRITES_AHEAD) -> None:
        """Tell what was written; wait when more than `until` stands in line."""
        while self._writing and (len(self._writing) > until or self._writing[0][0].done()):
            writing, made = self._writing.popleft()
            error = writing.exception()
            self._unfit = self._unfit + 1 if _is_full(error) else 0
            if error:
                self._tell(Made(made.name, fault=fault_of(error), seconds=made.seconds))
            else:
                self._tell(replace(made, fault=writing.result()))

    def _tell(self, made: Made) -> None:
        found, standing = self._begun.pop(made.name)
        if made.is_same:
            made = replace(made, fault=standing.fault)
        self._told.append(_outcome(found, standing, made, is_forced=self._setup.force))


def _write(out: Path, files: Mapping[str, bytes], *, force: bool) -> Fault | None:
    """Write the results of a case, and return what is wrong with them after all.

    Raises:
        OutputError: as `write_tree`.
    """
    write_tree(out, files, force=force)
    return left_in(out, files)


def _is_full(error: BaseException | None) -> bool:
    cause = error.__cause__ if error else None
    return isinstance(cause, OSError) and cause.errno in {errno.ENOSPC, errno.EDQUOT}


def _outcome(found: Found, standing: Standing, made: Made, *, is_forced: bool) -> Outcome:
    if made.fault:
        status = Status.FAILED
    elif made.is_same:
        status = Status.UNCHANGED
    else:
        has_errors = any(it.is_error for it in made.findings)
        status = Status.WITH_ERRORS if has_errors else Status.MADE
    counted = standing if made.is_same else made
    reason = standing.reason or ("opnieuw gevraagd" if is_forced else "")
    return Outcome(
        found.name,
        str(found.path),
        status,
        "" if made.is_same else reason,
        made.fault,
        counted.findings,
        counted.documents,
        counted.pages,
        made.seconds,
        made.memory,
    )
