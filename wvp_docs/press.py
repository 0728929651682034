"""The press: from a filled Word file to a proven, finished PDF, on as many cores as it may use."""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import get_context

from wvp_docs.engines import Engine, pick
from wvp_docs.pdf.document import PdfInfo, finish
from wvp_docs.pdf.proof import Expected, prove


@dataclass(frozen=True, slots=True)
class Sheet:
    """A filled Word file, what must be found on its paper, and what its PDF says of itself."""

    docx: bytes
    expected: Expected
    info: PdfInfo


@dataclass(frozen=True, slots=True)
class Pressed:
    """A finished PDF and how many pages it has."""

    pdf: bytes
    pages: int


@dataclass(frozen=True, slots=True)
class Crew:
    """Processes that help with the pressing; `size` does not count this one."""

    pool: ProcessPoolExecutor
    size: int


@contextmanager
def crew(engine: Engine, processes: int) -> Iterator[Crew | None]:
    """Yield processes that get ready while the caller goes on, or None when none would help.

    Only rdocx is divided over processes: it holds Python's lock while it works, and the other
    engines do all documents in one call.

    Args:
        engine: what turns Word into PDF.
        processes: how many cores may work, this one counted.
    """
    size = processes - 1
    if engine.name != "rdocx" or size < 1:
        yield None
        return
    pool = ProcessPoolExecutor(size, get_context("spawn"), initializer=_leave_ctrl_c_to_parent)
    try:
        # A first task makes the helper start now, and load what it needs.
        with suppress(BrokenProcessPool):
            pool.submit(_get_ready)
        yield Crew(pool, size)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def press(sheets: Iterable[Sheet], engine: Engine, helpers: Crew | None) -> list[Pressed]:
    """Return a finished PDF for each sheet, in the same order.

    Args:
        sheets: may be a generator: a sheet is sent off as soon as it is there, so that filling
            and pressing go on side by side.
        engine: what turns Word into PDF.
        helpers: as `crew` gives them for this engine.

    Raises:
        EngineError: a document became no PDF, or its PDF lacks something.
    """
    if engine.name != "rdocx":
        ready = list(sheets)
        pdfs = engine.convert([sheet.docx for sheet in ready])
        return [_finished(sheet, pdf) for sheet, pdf in zip(ready, pdfs, strict=True)]
    if helpers is None:
        return [_pressed(sheet, engine.name) for sheet in sheets]
    return _divided(sheets, engine.name, helpers)


def _divided(sheets: Iterable[Sheet], engine: str, helpers: Crew) -> list[Pressed]:
    """Keep the helpers busy while the sheets come in, and then work along from the back."""
    waiting: deque[tuple[int, Sheet]] = deque()
    sent: dict[int, tuple[Sheet, Future[Pressed]]] = {}
    done: dict[int, Pressed] = {}
    for at, sheet in enumerate(sheets):
        waiting.append((at, sheet))
        _hand_out(waiting, sent, engine, helpers)
    while waiting:
        at, sheet = waiting.pop()
        done[at] = _pressed(sheet, engine)
        _hand_out(waiting, sent, engine, helpers)
    for at, (sheet, future) in sent.items():
        done[at] = _received(sheet, future, engine)
    return [done[at] for at in sorted(done)]


def _hand_out(
    waiting: deque[tuple[int, Sheet]],
    sent: dict[int, tuple[Sheet, Future[Pressed]]],
    engine: str,
    helpers: Crew,
) -> None:
    """Give each helper one sheet to work on and one to go on with, no more."""
    busy = sum(not future.done() for _, future in sent.values())
    with suppress(BrokenProcessPool):
        for _ in range(min(2 * helpers.size - busy, len(waiting))):
            at, sheet = waiting[0]
            sent[at] = sheet, helpers.pool.submit(_pressed, sheet, engine)
            waiting.popleft()


def _received(sheet: Sheet, future: Future[Pressed], engine: str) -> Pressed:
    try:
        return future.result()
    except BrokenProcessPool:
        # The system took the helper away; what it had in hand is done here.
        return _pressed(sheet, engine)


def _get_ready() -> None:
    """Do nothing: to find this function a helper has loaded this module and all it needs."""


def _leave_ctrl_c_to_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _pressed(sheet: Sheet, engine: str) -> Pressed:
    (pdf,) = pick(engine).convert([sheet.docx])
    return _finished(sheet, pdf)


def _finished(sheet: Sheet, pdf: bytes) -> Pressed:
    proof = prove(pdf, sheet.expected)
    return Pressed(finish(pdf, sheet.info), proof.pages)
