from __future__ import annotations

from collections import defaultdict
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest

from batches import DAY, KIT
from wvp_docs.batch import cluster as module
from wvp_docs.batch.cluster import Address, Cluster, ClusterError
from wvp_docs.batch.orders import How, Made
from wvp_docs.batch.teams import Result
from wvp_docs.batch.work import Kit, definitions_of
from wvp_docs.errors import EngineMissingError
from wvp_docs.resources import HOME


@pytest.mark.parametrize(
    "scheduler", ["tcp://10.0.0.5:8786", "10.0.0.5:8786", "tcp://[2001:db8::1]:1", "ws://host:80"]
)
def test_another_computer_without_tls_is_refused(scheduler: str) -> None:
    with pytest.raises(ClusterError, match="niet versleuteld"):
        Address(scheduler).require_private()


def test_another_computer_without_tls_is_allowed_to_who_says_so() -> None:
    Address("tcp://10.0.0.5:8786", allows_plain=True).require_private()


@pytest.mark.parametrize(
    "scheduler", ["tcp://127.0.0.1:8786", "localhost:8786", "tcp://[::1]:8786"]
)
def test_this_computer_needs_no_tls(scheduler: str) -> None:
    Address(scheduler).require_private()


def test_tls_needs_its_three_files() -> None:
    with pytest.raises(ClusterError, match="drie bestanden"):
        Address("tls://10.0.0.5:8786", ca="ca.pem").require_private()
    Address("tls://10.0.0.5:8786", "ca.pem", "cert.pem", "key.pem").require_private()


def test_without_dask_it_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> Any:
        raise ImportError(name)

    monkeypatch.setattr(module, "import_module", missing)
    with pytest.raises(EngineMissingError) as caught:
        Cluster(How(DAY), KIT, Address(), 1)
    assert "wvp-docs[cluster]" in caught.value.hint


class Done:
    """A task of Dask that is done."""

    def __init__(self, result: object) -> None:
        self._result = result

    def result(self) -> object:
        if isinstance(self._result, BaseException):
            raise self._result
        return self._result


def test_what_comes_back_is_handed_over_unless_it_comes_too_late() -> None:
    made = [Made("a")]
    on_time, late, lost = Future[list[Made]](), Future[list[Made]](), Future[list[Made]]()
    late.set_exception(TimeoutError())
    module._pass_on(Done(made), on_time)
    module._pass_on(Done(made), late)
    module._pass_on(Done(KeyboardInterrupt()), lost)

    assert on_time.result() == made
    assert isinstance(late.exception(), TimeoutError)
    assert isinstance(lost.exception(), KeyboardInterrupt)


class Client:
    """What a scheduler says of two workers."""

    def __init__(self) -> None:
        self.restarted: list[str] = []

    def processing(self) -> dict[str, list[str]]:
        return {"een": ["t0"], "twee": ["t1"]}

    def nthreads(self) -> dict[str, int]:
        return {"een": 4, "twee": 4}

    def restart_workers(self, workers: list[str], *_: object, **__: object) -> None:
        self.restarted += workers


class Task:
    """A task at the scheduler."""

    def __init__(self, key: str) -> None:
        self.key = key

    def cancel(self, **_: object) -> None:
        pass


def test_a_worker_has_one_task_and_begins_again_without_it_when_that_takes_too_long() -> None:
    cluster, client = Cluster.__new__(Cluster), Client()
    results: list[Result] = [Future() for _ in range(2)]
    cluster._client, cluster._begun = client, defaultdict(list)
    cluster._busy = {result: Task(f"t{at}") for at, result in enumerate(results)}
    cluster._note((0.0, ("t0", "weg")))

    assert not cluster.has_room
    assert not cluster.give_up(results[0])  # the worker that had it is gone
    cluster._note((1.0, ("t0", "een")))
    assert [cluster.begun(result) for result in results] == [2, 0]
    assert cluster.give_up(results[0])
    assert client.restarted == ["een"]
    assert isinstance(results[0].exception(), TimeoutError)
    assert cluster.has_room


def test_a_scheduler_that_is_gone_is_said() -> None:
    class Gone(Client):
        def nthreads(self) -> dict[str, int]:
            raise OSError

    cluster = Cluster.__new__(Cluster)
    cluster._client, cluster._busy = Gone(), {}
    with pytest.raises(ClusterError, match="De scheduler is weg"):
        _ = cluster.has_room


def test_a_kit_that_was_packed_works_without_its_folders(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(HOME, "")
    packed = KIT.packed()
    there, here = definitions_of(packed), definitions_of(KIT)

    assert packed.forms == Path("forms")
    assert there.library.digest == here.library.digest
    assert there.template("_bundel").digest == here.template("_bundel").digest
    assert definitions_of(KIT.packed()) is there


def test_a_kit_with_other_definitions_has_another_digest(tmp_path: Path) -> None:
    (tmp_path / "forms").mkdir()
    (tmp_path / "forms/a.toml").write_text("a = 1\n", encoding="utf-8")
    other = Kit(tmp_path / "forms", KIT.templates).packed()

    assert other.digest != KIT.packed().digest
    assert other != KIT.packed()
