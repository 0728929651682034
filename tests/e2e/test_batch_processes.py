"""Batches with real processes: equal bytes, and what happens when one of them ends badly."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import psutil
import pytest

from batches import (
    DAY,
    KIT,
    PATIENCE,
    WEEK_9,
    Crashing,
    Finalizing,
    Hungry,
    Sleeping,
    Tidying,
    benchmark,
    is_worker,
    put_case,
    put_cases,
    run,
    setup_for,
    start,
    tree,
    wait_until,
)
from conftest import EXAMPLES
from wvp_docs.batch import lanes
from wvp_docs.batch import run as run_module
from wvp_docs.batch.lanes import Lane, Lanes
from wvp_docs.batch.orders import How, Order, order_of
from wvp_docs.batch.report import Status
from wvp_docs.casefiles import Found
from wvp_docs.engines.libreoffice import LibreOfficeEngine
from wvp_docs.filling import Definitions

BAD = {"crasht": Crashing(), "hangt": Sleeping(), "vreet": Hungry()}
UNIX = pytest.mark.skipif(os.name == "nt", reason="signals are of Unix")


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Cases of all profiles."""
    folder: Path = tmp_path_factory.mktemp("dossiers")
    benchmark("cases").write_cases(folder, 8, seed=3)
    return folder


def test_processes_give_the_same_bytes_as_one(
    generated: Path, tmp_path: Path, definitions: Definitions
) -> None:
    setups = [
        setup_for(tmp_path / name, definitions, benchmark("cases").DAY) for name in ("een", "twee")
    ]
    team = Lanes(setups[1].how, KIT, 2)
    try:
        told = run(setups[1], team, generated)
    finally:
        team.close()
    run(setups[0], None, generated)

    assert {it.status for it in told.values()} == {Status.MADE}
    assert tree(tmp_path / "een") == tree(tmp_path / "twee")


def test_a_process_that_crashes_hangs_or_eats_memory_costs_its_own_case_only(
    tmp_path: Path, definitions: Definitions, monkeypatch: pytest.MonkeyPatch
) -> None:
    def order(found: Found, *rest: Any) -> Order:
        made = order_of(found, *rest)
        bad: Any = BAD.get(found.name)
        return replace(made, beside=bad) if bad else made

    monkeypatch.setattr(run_module, "order_of", order)
    put_cases(tmp_path / "in", 6)
    for name in BAD:
        put_case(tmp_path / "in", name)
    setup = setup_for(tmp_path / "uit", definitions, time_limit=8)
    team = Lanes(setup.how, KIT, 2, memory=4_000_000_000)
    try:
        told = run(setup, team, tmp_path / "in")
    finally:
        team.close()

    kinds = {name: it.fault.kind for name, it in told.items() if it.fault}
    assert kinds == {"crasht": "vastgelopen", "hangt": "tijd", "vreet": "geheugen"}
    assert sum(it.status is Status.MADE for it in told.values()) == 6


def test_a_process_is_replaced_after_a_number_of_cases(
    tmp_path: Path, definitions: Definitions, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lanes, "RENEWED_AFTER", 2)
    put_cases(tmp_path / "in", 5)
    setup = setup_for(tmp_path / "uit", definitions)
    team, seen = Lanes(setup.how, KIT, 1), set()
    submit = team.submit

    def noting(orders: Any) -> Any:
        result = submit(orders)
        seen.update(child.pid for child in psutil.Process().children() if is_worker(child))
        return result

    monkeypatch.setattr(team, "submit", noting)
    try:
        told = run(setup, team, tmp_path / "in")
    finally:
        team.close()

    assert len(seen) == 3
    assert {it.status for it in told.values()} == {Status.MADE}
    assert not any(psutil.pid_exists(pid) for pid in seen)


def test_a_process_that_was_stopped_while_idle_is_no_matter(
    tmp_path: Path, definitions: Definitions
) -> None:
    first, second = put_cases(tmp_path / "in", 2)
    setup = setup_for(tmp_path / "uit", definitions)
    team = Lanes(setup.how, KIT, 1)
    try:
        run(setup, team, first)
        (worker,) = [child for child in psutil.Process().children() if is_worker(child)]
        worker.kill()
        worker.wait()
        told = run(setup, team, second)
    finally:
        team.close()

    assert [it.status for it in told.values()] == [Status.MADE]


@pytest.fixture
def lane(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Lane:
    """One process, of which what it puts on the disk lands in a folder that starts empty."""
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    return Lane(KIT, 0)


def family(process: subprocess.Popen[str]) -> list[psutil.Process]:
    return psutil.Process(process.pid).children(recursive=True)


def begun(
    out: Path, folder: Path, *options: object, env: Mapping[str, str] | None = None
) -> subprocess.Popen[str]:
    """Start a batch, and return it when some cases are made and others are not."""
    day = benchmark("cases").DAY
    process = start(folder, "-o", out, "--peildatum", day, "--jobs", 2, *options, env=env)
    wait_until(lambda: len(list(out.glob("*/manifest.json"))) >= 2)
    return process


@UNIX
@pytest.mark.parametrize("sign", ["SIGINT", "SIGTERM"])
def test_ctrl_c_ends_with_whole_results_a_report_and_no_process_left(
    tmp_path: Path, sign: str
) -> None:
    benchmark("cases").write_cases(tmp_path / "in", 40, seed=3)
    process = begun(tmp_path / "uit", tmp_path / "in")
    children = family(process)
    process.send_signal(getattr(signal, sign))
    stdout, stderr = process.communicate(timeout=PATIENCE)

    assert process.returncode == 130
    assert "--resume" in stdout
    assert "Traceback" not in stderr
    gone, alive = psutil.wait_procs(children, timeout=PATIENCE)
    assert not alive, (gone, alive)
    assert not list((tmp_path / "uit").rglob(".wvp*"))
    said = json.loads((tmp_path / "uit/report.json").read_bytes())
    made = [row["name"] for row in said["cases"] if row["status"] == "gemaakt"]
    assert said["totals"]["te_doen"] > 0
    assert all((tmp_path / "uit" / name / "manifest.json").exists() for name in made)


@UNIX
def test_workers_end_when_the_process_that_gave_the_orders_is_killed(tmp_path: Path) -> None:
    benchmark("cases").write_cases(tmp_path / "in", 40, seed=3)
    (tmp_path / "tmp").mkdir()
    process = begun(tmp_path / "uit", tmp_path / "in", env={"TMPDIR": str(tmp_path / "tmp")})
    children = family(process)
    assert any(is_worker(child) for child in children)
    process.kill()
    process.communicate(timeout=PATIENCE)

    _, alive = psutil.wait_procs(children, timeout=PATIENCE)
    assert not alive
    assert not list((tmp_path / "tmp").iterdir())


@UNIX
def test_a_worker_that_dies_while_it_sends_its_result_is_one_line(tmp_path: Path) -> None:
    benchmark("cases").write_cases(tmp_path / "in", 8, seed=3)
    process = begun(tmp_path / "uit", tmp_path / "in", "--jobs", 1)
    process.send_signal(signal.SIGSTOP)
    (worker,) = [child for child in family(process) if is_worker(child)]
    # Nobody listens, so what it has done does not fit in the line, and it waits.
    wait_until(lambda: worker.cpu_percent(0.5) == 0)
    worker.kill()
    process.send_signal(signal.SIGCONT)
    process.communicate(timeout=PATIENCE)

    said = json.loads((tmp_path / "uit/report.json").read_bytes())
    assert (said["totals"]["mislukt"], said["totals"]["gemaakt"]) in {(1, 7), (0, 8)}


@UNIX
def test_ctrl_c_is_nothing_to_a_worker_that_starts(tmp_path: Path) -> None:
    put_cases(tmp_path / "in", 2)
    process = start(tmp_path / "in", "-o", tmp_path / "uit", "--peildatum", DAY, "--jobs", 1)
    workers: list[psutil.Process] = []
    wait_until(lambda: bool(workers.extend(filter(is_worker, family(process))) or workers))
    workers[0].send_signal(signal.SIGINT)
    _, stderr = process.communicate(timeout=PATIENCE)

    assert (process.returncode, stderr) == (0, "")


def test_the_start_of_a_process_is_not_of_the_time_of_its_case(
    tmp_path: Path, definitions: Definitions, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run_module, "TICK", 0.01)
    put_cases(tmp_path / "in", 2)
    team, seconds = Lanes(How(DAY), KIT, 1), count(step=1000)

    def clock() -> float:
        """Run fast until the process is there, and then stand still."""
        (lane,) = team._lanes
        return 0 if lane.has_begun else next(seconds)

    setup = replace(setup_for(tmp_path / "uit", definitions, time_limit=500), clock=clock)
    try:
        told = run(setup, team, tmp_path / "in")
    finally:
        team.close()

    assert {it.status for it in told.values()} == {Status.MADE}


@UNIX
def test_a_worker_that_the_system_kills_is_one_line(tmp_path: Path) -> None:
    benchmark("cases").write_cases(tmp_path / "in", 12, seed=3)
    process = begun(tmp_path / "uit", tmp_path / "in")
    (worker, *_) = [child for child in family(process) if is_worker(child)]
    worker.kill()
    process.communicate(timeout=PATIENCE)
    said = json.loads((tmp_path / "uit/report.json").read_bytes())

    faults = [row["fault"]["kind"] for row in said["cases"] if row["fault"]]
    assert faults in (["vastgelopen"], [])  # it may just have been between two cases
    assert said["totals"]["gemaakt"] == 12 - len(faults)


def test_a_memory_limit_that_no_case_fits_is_said_of_each(tmp_path: Path) -> None:
    if sys.platform != "linux":
        pytest.skip("the limit is of Linux")
    put_cases(tmp_path / "in", 2)
    process = start(
        tmp_path / "in", "-o", tmp_path / "uit", "--peildatum", DAY, "--geheugen", 1, "--jobs", 1
    )
    process.communicate(timeout=PATIENCE)
    said = json.loads((tmp_path / "uit/report.json").read_bytes())

    assert process.returncode == 8
    assert {row["fault"]["kind"] for row in said["cases"]} <= {"vastgelopen", "geheugen"}
    assert said["totals"]["mislukt"] == 2


@pytest.mark.engine
def test_libreoffice_starts_once_for_several_cases_and_one_fault_stays_one(
    tmp_path: Path, definitions: Definitions, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[int] = []
    convert = LibreOfficeEngine.convert

    def counting(self: LibreOfficeEngine, documents: Any) -> list[bytes]:
        calls.append(len(documents))
        return convert(self, documents)

    monkeypatch.setattr(LibreOfficeEngine, "convert", counting)
    put_cases(tmp_path / "in", 1)
    for name in ("a", "b"):
        put_case(tmp_path / "in", name, WEEK_9)
    put_case(tmp_path / "in", "kapot", "schema = [")
    how = How(EXAMPLES["week-9"], "libreoffice")
    setup = setup_for(tmp_path / "uit", definitions, how=how, group=8)
    told = run(setup, None, tmp_path / "in")

    assert [name for name, it in told.items() if it.fault] == ["kapot"]
    # Two documents of each, with the contents of the third, which has none; then what binds them.
    assert calls[0] == 5
    assert len(calls) <= 3


@UNIX
@pytest.mark.engine
def test_a_stop_takes_libreoffice_along_and_leaves_nothing_of_a_case_behind(
    tmp_path: Path,
) -> None:
    for at in range(12):
        put_case(tmp_path / "in", f"a{at}", WEEK_9)
    (tmp_path / "tmp").mkdir()
    args = (tmp_path / "in", "-o", tmp_path / "uit", "--jobs", 1, "--engine", "libreoffice")
    process = start(*args, env={"TMPDIR": str(tmp_path / "tmp")})
    wait_until(lambda: bool(list((tmp_path / "tmp").rglob("profiel"))))
    children = family(process)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=PATIENCE)

    assert process.returncode == 130
    assert not psutil.wait_procs(children, timeout=PATIENCE)[1]
    assert not list((tmp_path / "tmp").iterdir())


@UNIX
@pytest.mark.parametrize("times", [1, 2])
def test_a_process_that_must_stop_puts_away_what_it_has_on_the_disk(
    lane: Lane, tmp_path: Path, times: int
) -> None:
    result = lane.submit(partial(Tidying().size, ""))
    wait_until(lambda: bool(list(tmp_path.rglob("begonnen"))))
    (worker,) = [child for child in psutil.Process().children() if is_worker(child)]
    for _ in range(times):
        worker.terminate()
        time.sleep(0.1)
    wait_until(result.done)

    assert list(tmp_path.rglob("opgeruimd"))
    lane.close()
    assert not list((tmp_path / "tmp").iterdir())


@UNIX
def test_a_stop_that_comes_in_a_finalizer_is_not_lost(
    lane: Lane, capfd: pytest.CaptureFixture[str]
) -> None:
    result = lane.submit(partial(Finalizing().size, ""))
    wait_until(result.done)
    lane.close()

    assert isinstance(result.exception(), EOFError)
    assert capfd.readouterr().err == ""


def test_what_a_process_that_crashes_had_on_the_disk_is_put_away(
    lane: Lane, tmp_path: Path
) -> None:
    wait_until(lane.submit(partial(Crashing().size, "")).done)
    assert list((tmp_path / "tmp").iterdir())
    assert lane.submit(partial(int, "7")).result(PATIENCE) == 7
    lane.close()

    assert not list((tmp_path / "tmp").iterdir())


def test_a_run_that_nobody_watches_says_nothing_on_stderr(tmp_path: Path) -> None:
    put_cases(tmp_path / "in", 2)
    process = start(tmp_path / "in", "-o", tmp_path / "uit", "--peildatum", DAY, "--jobs", 1)
    _, stderr = process.communicate(timeout=PATIENCE)

    assert (process.returncode, stderr) == (0, "")
