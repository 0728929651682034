"""Files that may go nowhere, in a batch: what breaks their reader costs one case and no more."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import psutil
import pytest

from batches import (
    KIT,
    SMALL,
    is_worker,
    put_case,
    put_cases,
    run,
    setup_for,
    taken_by_a_crash,
    taken_never,
    taken_with_a_bug,
    tree,
)
from wvp_docs.batch.aside import Aside
from wvp_docs.batch.lanes import Lane
from wvp_docs.batch.report import Status
from wvp_docs.beside import Marks
from wvp_docs.filling import Definitions

SEALED = '\n[[bijlage]]\nsoort = "medische_informatie"\nbestand = "geheim.pdf"\n'


@pytest.mark.parametrize(
    ("taken", "kind", "words"),
    [
        (taken_never, "tijd", "duurde te lang"),
        (taken_by_a_crash, "vastgelopen", "vastgelopen"),
        (taken_with_a_bug, "programmafout", "KeyError in batches.py"),
    ],
)
def test_a_file_that_breaks_its_reader_costs_its_own_case_only(
    tmp_path: Path,
    definitions: Definitions,
    monkeypatch: pytest.MonkeyPatch,
    taken: Callable[..., Marks],
    kind: str,
    words: str,
) -> None:
    put_cases(tmp_path / "in", 2)
    for name in ("geheim-1", "geheim-2"):
        file = put_case(tmp_path / "in", name, SMALL + SEALED)
        (file.parent / "geheim.pdf").write_bytes(b"%PDF-1.7 999990627")
    monkeypatch.setattr("wvp_docs.pdf.intake.marks.marks_of", taken)
    setup = setup_for(tmp_path / "uit", definitions, time_limit=1)
    with closing(Aside(Lane(KIT, 0), time.monotonic, setup.time_limit)) as apart:
        told = run(setup, None, tmp_path / "in", apart=apart)

    faults = {name: it.fault for name, it in told.items() if it.fault}
    assert {name: fault.kind for name, fault in faults.items()} == dict.fromkeys(
        ("geheim-1", "geheim-2"), kind
    )
    assert all(words in fault.message for fault in faults.values())
    assert "999990627" not in str(faults)
    assert sum(it.status is Status.MADE for it in told.values()) == 2
    assert not list(filter(is_worker, psutil.Process().children()))


def test_the_bytes_are_the_same_wherever_the_marks_are_taken(
    tmp_path: Path, definitions: Definitions
) -> None:
    file = put_case(tmp_path / "in", "geheim", SMALL + SEALED)
    (file.parent / "geheim.pdf").write_bytes(b"%PDF-1.7")
    here, there = (setup_for(tmp_path / name, definitions) for name in ("hier", "daar"))
    with closing(Aside(Lane(KIT, 0), time.monotonic, 0)) as apart:
        run(there, None, tmp_path / "in", apart=apart)
    run(here, None, tmp_path / "in")

    assert tree(tmp_path / "hier") == tree(tmp_path / "daar")
