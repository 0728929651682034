from __future__ import annotations

import errno
import os
from collections.abc import Sequence
from concurrent.futures import Future, wait
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from batches import DAY, KIT, SMALL, Buggy, put_case, put_cases, run, run_over, setup_for, tree
from conftest import as_a_plain_user
from wvp_docs.batch import run as module
from wvp_docs.batch.orders import How, Made, Order, fault_of, order_of
from wvp_docs.batch.report import Status
from wvp_docs.batch.run import Run
from wvp_docs.batch.teams import Result
from wvp_docs.batch.work import work
from wvp_docs.casefiles import Found, with_names
from wvp_docs.errors import OutputError
from wvp_docs.filling import Definitions


class Team:
    """A team that does its work when it is asked for room, and sometimes not at all."""

    def __init__(self, size: int = 1) -> None:
        self.size = size
        self.busy: list[tuple[Result, Sequence[Order]]] = []
        self.tasks: list[list[str]] = []
        self.given_up: list[Result] = []

    @property
    def has_room(self) -> bool:
        if len(self.busy) < self.size:
            return True
        self.do_one()
        return False

    def do_one(self) -> None:
        result, orders = self.busy.pop(0)
        self.finish(result, orders)

    def finish(self, result: Result, orders: Sequence[Order]) -> None:
        result.set_result(work(orders, How(DAY), KIT))

    def submit(self, orders: Sequence[Order]) -> Result:
        self.tasks.append([order.name for order in orders])
        result: Result = Future()
        self.busy.append((result, orders))
        if len(self.busy) == self.size:
            self.do_one()
        return result

    def begun(self, _: Result) -> int:
        return 1

    def give_up(self, result: Result) -> bool:
        self.given_up.append(result)
        result.set_exception(EOFError())
        return True

    def close(self) -> None:
        pass


class Dying(Team):
    """A team of which a worker ends as soon as it gets the case `kapot`."""

    def finish(self, result: Result, orders: Sequence[Order]) -> None:
        if any(order.name == "kapot" for order in orders):
            result.set_exception(EOFError("weg"))
        else:
            super().finish(result, orders)


class Hanging(Team):
    """A team that never comes back from the case `kapot`."""

    def finish(self, result: Result, orders: Sequence[Order]) -> None:
        if all(order.name != "kapot" for order in orders):
            super().finish(result, orders)


def test_one_bad_case_is_one_line_and_the_others_are_made(
    tmp_path: Path, definitions: Definitions
) -> None:
    put_cases(tmp_path / "in", 3)
    put_case(tmp_path / "in", "kapot", "schema = 1\n[werknemer\n")
    told = run(setup_for(tmp_path / "uit", definitions), None, tmp_path / "in")

    assert {name for name, it in told.items() if it.status is Status.FAILED} == {"kapot"}
    fault = told["kapot"].fault
    assert fault
    assert (fault.kind, "case.toml:2" in fault.message) == ("casus", True)
    assert {path.split("/")[0] for path in tree(tmp_path / "uit")} == told.keys() - {"kapot"}


def test_a_bug_in_one_case_is_one_line_that_tells_nothing_of_the_person(
    tmp_path: Path, definitions: Definitions, monkeypatch: pytest.MonkeyPatch
) -> None:
    def other(found: Found, *rest: Any) -> Order:
        order = order_of(found, *rest)
        return order if found.name != "kapot" else Order("kapot", "", order.source, Buggy())

    monkeypatch.setattr(module, "order_of", other)
    put_case(tmp_path / "in", "kapot")
    put_cases(tmp_path / "in", 2)
    told = run(setup_for(tmp_path / "uit", definitions), None, tmp_path / "in")

    fault = told["kapot"].fault
    assert fault
    assert fault.kind == "programmafout"
    assert "KeyError in batches.py" in fault.message
    assert "999990627" not in fault.message
    assert sum(it.status is Status.MADE for it in told.values()) == 2


def test_a_worker_that_is_lost_costs_only_the_case_that_it_had(
    tmp_path: Path, definitions: Definitions
) -> None:
    put_cases(tmp_path / "in", 4)
    put_case(tmp_path / "in", "kapot")
    told = run(setup_for(tmp_path / "uit", definitions), Dying(), tmp_path / "in")

    fault = told.pop("kapot").fault
    assert fault
    assert fault.kind == "vastgelopen"
    assert all(it.status is Status.MADE for it in told.values())


def test_a_group_that_is_lost_is_tried_again_case_by_case(
    tmp_path: Path, definitions: Definitions
) -> None:
    put_cases(tmp_path / "in", 4)
    put_case(tmp_path / "in", "kapot")
    team = Dying()
    told = run(setup_for(tmp_path / "uit", definitions, group=5), team, tmp_path / "in")

    assert [len(names) for names in team.tasks] == [5, 1, 1, 1, 1, 1]
    assert [name for name, it in told.items() if it.fault] == ["kapot"]


def test_a_case_that_takes_too_long_is_stopped_and_the_others_go_on(
    tmp_path: Path, definitions: Definitions
) -> None:
    put_cases(tmp_path / "in", 3)
    put_case(tmp_path / "in", "kapot")
    team = Hanging()
    setup = setup_for(tmp_path / "uit", definitions, time_limit=0.2)
    told = run(setup, team, tmp_path / "in")

    fault = told.pop("kapot").fault
    assert fault
    assert fault.kind == "tijd"
    assert len(team.given_up) == 1
    assert all(it.status is Status.MADE for it in told.values())


def test_the_time_of_a_case_counts_from_when_it_last_began(
    tmp_path: Path, definitions: Definitions, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A worker that is slow to start, is lost, and of which the next one hangs.
    begun, now = iter((0, 0, 1, 1, 2, 2, 2)), iter(range(0, 1000, 10))
    team = Hanging()
    monkeypatch.setattr(team, "begun", lambda _: next(begun))
    monkeypatch.setattr(module, "wait", lambda tasks, _, until: wait(tasks, 0, until))
    put_case(tmp_path / "in", "kapot")
    setup = replace(setup_for(tmp_path / "uit", definitions, time_limit=15), clock=now.__next__)
    told = run(setup, team, tmp_path / "in")

    assert told["kapot"].fault
    assert told["kapot"].fault.kind == "tijd"
    assert next(begun, None) is None


def test_results_go_to_the_disk_while_cases_come_in(
    tmp_path: Path, definitions: Definitions, monkeypatch: pytest.MonkeyPatch
) -> None:
    held: list[int] = []
    kept = module.WRITES_AHEAD + 2

    class Watching(Run):
        def _take(self, *args: Any) -> None:
            super()._take(*args)
            held.append(len(self._writing) + len(self._pending))

    monkeypatch.setattr("batches.Run", Watching)
    put_cases(tmp_path / "in", 40)
    run(setup_for(tmp_path / "uit", definitions), None, tmp_path / "in")

    assert max(held) <= kept


def test_a_full_disk_is_a_line_for_each_case_that_did_not_fit(
    tmp_path: Path, definitions: Definitions, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    put_cases(tmp_path / "in", 3)
    monkeypatch.setattr("wvp_docs.output.os.open", full)
    told = run(setup_for(tmp_path / "uit", definitions), None, tmp_path / "in")
    monkeypatch.undo()

    faults = [it.fault for it in told.values() if it.fault]
    assert [(fault.kind, "de schijf is vol" in fault.message) for fault in faults] == [
        ("schrijven", True)
    ] * 3
    assert tree(tmp_path / "uit") == {}


def test_on_a_full_disk_the_rest_is_not_made_for_nothing(
    tmp_path: Path, definitions: Definitions, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    cases = with_names(put_cases(tmp_path / "in", 40))
    setup = setup_for(tmp_path / "uit", definitions)
    monkeypatch.setattr("wvp_docs.output.os.open", full)
    with pytest.raises(OutputError, match=r"De schijf is vol: \d+ dossiers"):
        list(Run(setup, Team()).outcomes(cases))
    monkeypatch.undo()

    assert tree(tmp_path / "uit") == {}


def test_what_a_person_put_among_the_results_is_left_alone_unless_forced(
    tmp_path: Path, definitions: Definitions
) -> None:
    case = put_case(tmp_path / "in", "a")
    own = tmp_path / "uit/a/wia-bundel.pdf"
    own.parent.mkdir(parents=True)
    own.write_bytes(b"van mij")
    told = run(setup_for(tmp_path / "uit", definitions), None, case)

    assert told["a"].fault
    assert told["a"].fault.kind == "schrijven"
    assert own.read_bytes() == b"van mij"
    forced = run(setup_for(tmp_path / "uit", definitions, force=True), None, case)
    assert forced["a"].status is Status.MADE


def test_a_case_that_went_during_the_run_is_a_line(
    tmp_path: Path, definitions: Definitions
) -> None:
    found = with_names(put_cases(tmp_path / "in", 3))
    found[1].path.unlink()
    told = run_over(setup_for(tmp_path / "uit", definitions), None, *found)

    fault = told[found[1].name].fault
    assert fault
    assert "bestaat niet" in fault.message
    assert sum(it.status is Status.MADE for it in told.values()) == 2


@pytest.mark.skipif(os.name == "nt", reason="a fifo is of Unix")
def test_what_is_no_ordinary_file_is_a_line_and_nobody_waits_for_it(
    tmp_path: Path, definitions: Definitions
) -> None:
    put_cases(tmp_path / "in", 1)
    before = put_case(tmp_path / "in", "eerst")
    run(setup_for(tmp_path / "uit", definitions), None, tmp_path / "in")
    before.unlink()
    os.mkfifo(before)
    (tmp_path / "in/pijp").mkdir()
    os.mkfifo(tmp_path / "in/pijp/case.toml")
    os.mkfifo(tmp_path / "in/pijp/ander.toml")
    told = run(setup_for(tmp_path / "uit", definitions), None, tmp_path / "in")

    faults = {name: it.fault.message for name, it in told.items() if it.fault}
    assert set(faults) == {"eerst", "pijp"}
    assert all("geen gewoon bestand" in said for said in faults.values())


def test_a_case_that_changes_during_the_run_is_made_of_one_reading(
    tmp_path: Path, definitions: Definitions
) -> None:
    case = put_case(tmp_path / "in", "a")
    clean = run(setup_for(tmp_path / "schoon", definitions), None, case)

    class Changing(Team):
        def finish(self, result: Result, orders: Sequence[Order]) -> None:
            case.write_text(SMALL.replace("R. Kuiper", "A. Ander"), encoding="utf-8")
            super().finish(result, orders)

    told = run(setup_for(tmp_path / "uit", definitions), Changing(), case)
    assert told["a"].status is clean["a"].status
    assert tree(tmp_path / "uit") == tree(tmp_path / "schoon")
    again = run(setup_for(tmp_path / "uit", definitions), None, case)
    assert again["a"].reason == "casus veranderd"


def test_a_result_folder_that_is_closed_is_a_line(tmp_path: Path, definitions: Definitions) -> None:
    put_cases(tmp_path / "in", 2)
    closed = tmp_path / "uit/casus-00"
    closed.mkdir(parents=True)
    os.chmod(tmp_path / "uit", 0o777)  # noqa: PTH101, S103  for the plain user
    closed.chmod(0)
    try:
        with as_a_plain_user(tmp_path):
            told = run(setup_for(tmp_path / "uit", definitions), None, tmp_path / "in")
    finally:
        closed.chmod(0o700)

    assert told["casus-00"].fault
    assert told["casus-01"].status is Status.MADE


@pytest.mark.parametrize("name", ["a b", "[1]", "🙂", "y" * 250, "'; rm -rf"])
def test_a_case_may_have_any_name(tmp_path: Path, definitions: Definitions, name: str) -> None:
    put_case(tmp_path / "in", name)
    (outcome,) = run(setup_for(tmp_path / "uit", definitions), None, tmp_path / "in").values()

    assert outcome.status is Status.MADE
    assert (tmp_path / "uit" / outcome.name / "wia-bundel.pdf").exists()


def test_a_name_that_is_no_text_is_a_line(tmp_path: Path, definitions: Definitions) -> None:
    put_case(tmp_path / "in", "goed")
    put_case(tmp_path / "in", os.fsdecode(b"caf\xe9"))
    told = run(setup_for(tmp_path / "uit", definitions), None, tmp_path / "in")

    assert sorted(it.status for it in told.values()) == [Status.MADE, Status.FAILED]


def test_who_stops_asking_leaves_whole_results_only(
    tmp_path: Path, definitions: Definitions
) -> None:
    cases = with_names(put_cases(tmp_path / "in", 12))
    setup, clean = (setup_for(tmp_path / name, definitions) for name in ("uit", "schoon"))
    news = Run(setup, Team()).outcomes(cases)
    told = [next(news) for _ in range(2)]
    news.close()
    run_over(clean, None, *cases)

    whole, there = tree(tmp_path / "schoon"), tree(tmp_path / "uit")
    folders = {path.split("/")[0] for path in there}
    assert {it.name for it in told} <= folders
    assert len(folders) < 12
    assert there == {path: it for path, it in whole.items() if path.split("/")[0] in folders}


def test_a_worker_of_another_version_refuses_the_work() -> None:
    order = Order("a", "a.toml", b"", Buggy())
    (made,) = work([order], How(DAY, version="0.0.1"), KIT)

    assert made.fault
    assert made.fault.kind == "versie"
    assert "0.0.1" in made.fault.message


def test_a_write_that_fails_in_an_unforeseen_way_is_a_line(
    tmp_path: Path, definitions: Definitions, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(out: Path, *_: object, **__: object) -> None:
        if out.name == "casus-00":
            raise ZeroDivisionError
        raise OutputError("Geen plaats.")

    put_cases(tmp_path / "in", 2)
    monkeypatch.setattr(module, "write_tree", fails)
    told = run(setup_for(tmp_path / "uit", definitions), None, tmp_path / "in")

    kinds = [it.fault.kind for it in told.values() if it.fault]
    assert sorted(kinds) == ["programmafout", "schrijven"]


def test_made_holds_no_answers_in_what_it_shows_of_itself() -> None:
    assert "geheim" not in repr(Made("a", {"x": b"geheim"}))


def test_a_lack_of_memory_is_no_bug() -> None:
    assert fault_of(MemoryError()).kind == "geheugen"


def test_more_files_than_fit_in_hand_are_refused_before_they_are_read(
    tmp_path: Path, definitions: Definitions
) -> None:
    bijlagen = "".join(
        f'\n[[bijlage]]\nsoort = "overig"\nbestand = "{at}.pdf"\n' for at in range(4)
    )
    file = put_case(tmp_path / "in", "groot", SMALL + bijlagen)
    for at in range(4):
        with (file.parent / f"{at}.pdf").open("wb") as scan:
            scan.truncate(299_000_000)
    put_cases(tmp_path / "in", 1)
    told = run(setup_for(tmp_path / "uit", definitions), None, tmp_path / "in")

    fault = told.pop("groot").fault
    assert fault
    assert (fault.kind, "groter dan 1 GB" in fault.message) == ("casus", True)
    assert [it.status for it in told.values()] == [Status.MADE]
