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


def press(sheets: Iterable[Sheet], engine: Engine, processes: int) -> list[Pressed]:
    """Return a finished PDF for each sheet, in the same order.

    Only rdocx is divided over processes: it holds Python's lock while it works, and the other
    engines do all documents in one call. A sheet is sent off as soon as it is there.

    Args:
        sheets: may be a generator, so that filling and pressing go on side by side.
        engine: what turns Word into PDF.
        processes: how many cores may work; with 1 nothing is started.

    Raises:
        EngineError: a document became no PDF, or its PDF lacks something.
    """
    if engine.name != "rdocx":
        ready = list(sheets)
        pdfs = engine.convert([sheet.docx for sheet in ready])
        return [_finished(sheet, pdf) for sheet, pdf in zip(ready, pdfs, strict=True)]
    if processes < 2:  # noqa: PLR2004  one core is this one
        return [_pressed(sheet, engine.name) for sheet in sheets]
    return _divided(sheets, engine.name, processes - 1)


def _divided(sheets: Iterable[Sheet], engine: str, helpers: int) -> list[Pressed]:
    """Keep the helpers busy while the sheets come in, and then work along from the back."""
    waiting: deque[tuple[int, Sheet]] = deque()
    sent: dict[int, tuple[Sheet, Future[Pressed]]] = {}
    done: dict[int, Pressed] = {}
    with _pool(helpers) as pool:
        for at, sheet in enumerate(sheets):
            waiting.append((at, sheet))
            _hand_out(waiting, sent, pool, engine, helpers)
        while waiting:
            at, sheet = waiting.pop()
            done[at] = _pressed(sheet, engine)
            _hand_out(waiting, sent, pool, engine, helpers)
        for at, (sheet, future) in sent.items():
            done[at] = _received(sheet, future, engine)
    return [done[at] for at in sorted(done)]


def _hand_out(
    waiting: deque[tuple[int, Sheet]],
    sent: dict[int, tuple[Sheet, Future[Pressed]]],
    pool: ProcessPoolExecutor,
    engine: str,
    helpers: int,
) -> None:
    """Give each helper one sheet to work on and one to go on with, no more."""
    busy = sum(not future.done() for _, future in sent.values())
    with suppress(BrokenProcessPool):
        for _ in range(min(2 * helpers - busy, len(waiting))):
            at, sheet = waiting[0]
            sent[at] = sheet, pool.submit(_pressed, sheet, engine)
            waiting.popleft()


def _received(sheet: Sheet, future: Future[Pressed], engine: str) -> Pressed:
    try:
        return future.result()
    except BrokenProcessPool:
        # The system took the helper away; what it had in hand is done here.
        return _pressed(sheet, engine)


@contextmanager
def _pool(helpers: int) -> Iterator[ProcessPoolExecutor]:
    pool = ProcessPoolExecutor(helpers, get_context("spawn"), initializer=_leave_ctrl_c_to_parent)
    try:
        yield pool
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _leave_ctrl_c_to_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _pressed(sheet: Sheet, engine: str) -> Pressed:
    (pdf,) = pick(engine).convert([sheet.docx])
    return _finished(sheet, pdf)


def _finished(sheet: Sheet, pdf: bytes) -> Pressed:
    proof = prove(pdf, sheet.expected)
    return Pressed(finish(pdf, sheet.info), proof.pages)
