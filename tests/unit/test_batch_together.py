from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from functools import partial

import pytest

from wvp_docs.engines.together import Together, run_together
from wvp_docs.errors import EngineError, WvpError


class Counting:
    """An engine that notes what it is asked, and refuses documents that say so."""

    name = "telt"

    def __init__(self, fault: type[BaseException] = EngineError) -> None:
        self.calls: list[int] = []
        self.threads: set[int] = set()
        self.fault = fault

    def available(self) -> bool:
        return True

    def convert(self, documents: Sequence[bytes]) -> list[bytes]:
        self.calls.append(len(documents))
        self.threads.add(threading.get_ident())
        if b"kapot" in documents:
            raise self.fault("kan niet")
        return [b"%PDF " + document for document in documents]


def task(*rounds: Sequence[bytes], engine: Together) -> list[bytes] | str:
    """Ask for some documents, and then for some more, as a dossier and its bundle do."""
    try:
        return [pdf for documents in rounds for pdf in engine.convert(documents)]
    except (WvpError, OSError, MemoryError) as error:
        return type(error).__name__


def tasks(*rounds: Sequence[Sequence[bytes]]) -> list[Callable[[Together], list[bytes] | str]]:
    return [lambda engine, each=each: task(*each, engine=engine) for each in rounds]


def test_the_documents_of_all_cases_go_in_one_call_and_come_back_to_their_own() -> None:
    engine = Counting()
    done = run_together(tasks([[b"a", b"b"]], [[b"c"]], [[]]), engine)

    assert engine.calls == [3]
    assert done == [[b"%PDF a", b"%PDF b"], [b"%PDF c"], []]


def test_cases_that_ask_twice_or_never_keep_nobody_waiting() -> None:
    engine = Counting()
    done = run_together(tasks([[b"a"], [b"b"]], [], [[b"c"]], [[b"d"], [b"e"], [b"f"]]), engine)

    assert engine.calls == [3, 2, 1]
    assert done[3] == [b"%PDF d", b"%PDF e", b"%PDF f"]
    assert done[1] == []


def test_the_converter_runs_in_the_thread_that_asked_for_it_all() -> None:
    engine = Counting()
    run_together(tasks([[b"a"]], [[b"b"]]), engine)

    assert engine.threads == {threading.get_ident()}


@pytest.mark.parametrize("fault", [EngineError, OSError, MemoryError])
def test_a_document_that_fails_is_the_fault_of_its_own_case(fault: type[Exception]) -> None:
    engine = Counting(fault)
    done = run_together(tasks([[b"a"]], [[b"b", b"kapot"]], [[b"c"]]), engine)

    assert done == [[b"%PDF a"], fault.__name__, [b"%PDF c"]]
    assert engine.calls == [4, 1, 2, 1]


def test_what_stops_the_process_stops_all_cases_and_leaves_no_thread() -> None:
    engine, before = Counting(KeyboardInterrupt), threading.active_count()
    answers: list[object] = []

    def asks(document: bytes, shared: Together) -> None:
        answers.append(task([document], engine=shared))

    with pytest.raises(KeyboardInterrupt):
        run_together([partial(asks, b"a"), partial(asks, b"kapot")], engine)
    assert answers == ["EngineError", "EngineError"]
    assert threading.active_count() == before
