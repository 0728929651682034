"""A cluster of machines, by Dask: cases travel there as bytes, and their results come back."""

from __future__ import annotations

import logging
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import Future, InvalidStateError
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from typing import Any
from urllib.parse import urlsplit

from wvp_docs import __version__
from wvp_docs.batch.orders import How, Made, Order
from wvp_docs.batch.teams import Result
from wvp_docs.batch.work import Kit, work
from wvp_docs.errors import EngineMissingError, ExitCode, WvpError

_LOCAL = frozenset({"127.0.0.1", "::1", "localhost"})
_SECONDS_TO_ANSWER = 5
_LOGS = ("distributed", "distributed.client", "tornado.application")
# Workers that come and go are told at length, and so are attachments of some size; what matters
# to a case is in its line.
_QUIET = {
    "logging": dict.fromkeys(_LOGS, "critical"),
    "distributed.admin.large-graph-warning-threshold": "1 GB",
}


class ClusterError(WvpError):
    """The cluster cannot be used: not there, not safe, or of another version."""

    exit_code = ExitCode.ENGINE


@dataclass(frozen=True, slots=True)
class Address:
    """Where the cluster is, and how its connection is kept private.

    Attributes:
        scheduler: `tls://host:8786`; empty: a cluster of this machine alone.
        ca: file with the certificate of the authority, and `cert` and `key` our own; for TLS.
        allows_plain: cases may go over a network that others can read.
    """

    scheduler: str = ""
    ca: str | None = None
    cert: str | None = None
    key: str | None = None
    allows_plain: bool = False

    @property
    def is_encrypted(self) -> bool:
        """Whether nobody on the way can read along."""
        return self.scheduler.startswith("tls://")

    def require_private(self) -> None:
        """Refuse to send persons' data where others can read it.

        Raises:
            ClusterError: the scheduler is elsewhere and the connection is not encrypted, or the
                certificates for that are not named.
        """
        host = urlsplit(self.scheduler if "://" in self.scheduler else f"//{self.scheduler}")
        if self.is_encrypted and not (self.ca and self.cert and self.key):
            raise ClusterError(
                "Voor tls:// zijn drie bestanden nodig.",
                hint="Noem ze met --tls-ca, --tls-cert en --tls-key.",
            )
        if self.is_encrypted or host.hostname in _LOCAL or self.allows_plain:
            return
        raise ClusterError(
            f"{self.scheduler} is een andere computer, en de verbinding is niet versleuteld.",
            hint="Gebruik tls:// met --tls-ca, --tls-cert en --tls-key. Is het netwerk echt "
            "alleen van u, dan mag het met --zonder-tls.",
        )


class Cluster:
    """The workers of a Dask scheduler.

    Args:
        how: how the cases are made.
        kit: with what; the scheduler keeps it, so that a worker that comes later gets it too.
        address: where the scheduler is.
        size: how many processes a cluster of this machine has.

    Raises:
        EngineMissingError: Dask is not installed.
        ClusterError: the scheduler is not there, not safe, or a worker has another version.
    """

    def __init__(self, how: How, kit: Kit, address: Address, size: int) -> None:
        self._how = how
        self._busy: dict[Result, Any] = {}
        self._begun: defaultdict[str, list[str]] = defaultdict(list)
        self._client = _connected(address, size)
        self._topic = f"wvp-docs-{self._client.id}"
        try:
            self._client.subscribe_topic(self._topic, self._note)
            self._require_same_version()
            packed = kit.packed()
            # A task and not scattered data: the scheduler makes that again when workers are lost.
            self._kit = self._client.submit(_as_it_is, packed, key=f"wvp-docs-{packed.digest}")
        except BaseException:
            self.close()
            raise

    def _note(self, event: tuple[float, tuple[str, str]]) -> None:
        """Take down which worker began with which task."""
        key, worker = event[1]
        self._begun[key].append(worker)

    def _require_same_version(self) -> None:
        try:
            self._client.wait_for_workers(1, timeout=_SECONDS_TO_ANSWER)
        except TimeoutError as error:
            raise ClusterError(
                "De scheduler heeft geen workers.", hint="Start ze met: dask worker ADRES."
            ) from error
        versions = self._client.run(_version, on_error="return")
        others = {name: said for name, said in versions.items() if said != __version__}
        if not others:
            return
        name, said = next(iter(others.items()))
        # A worker without this program cannot even be asked.
        theirs = said if isinstance(said, str) else "geen wvp-docs"
        raise ClusterError(
            f"Worker {name} heeft versie {theirs}, hier is het {__version__}.",
            hint="Zet overal dezelfde versie van wvp-docs neer.",
        )

    @property
    def has_room(self) -> bool:
        """Whether there are more workers than tasks.

        What waits on a worker behind another task would be blamed for its end.
        """
        self._busy = {result: task for result, task in self._busy.items() if not result.done()}
        return len(self._busy) < max(1, len(self._asked("nthreads")))

    def submit(self, orders: Sequence[Order]) -> Result:
        """Send a task off; when its worker is lost, another one gets it."""
        task = self._client.submit(
            _work_there, self._topic, orders, self._how, self._kit, pure=False
        )
        result: Result = Future()
        self._busy[result] = task
        task.add_done_callback(lambda done: _pass_on(done, result))
        return result

    def begun(self, result: Result) -> int:
        """Return how many workers told that they began with a task; none may be there yet."""
        return len(self._begun[self._busy[result].key])

    def give_up(self, result: Result) -> bool:
        """Ask no more for a task that takes too long, and start its worker again.

        Unless that worker is gone: the next one begins with it anew.
        """
        task = self._busy[result]
        worker = self._begun[task.key][-1]
        if task.key not in self._asked("processing").get(worker, ()):
            return False
        with suppress(InvalidStateError):
            result.set_exception(TimeoutError())
        task.cancel(force=True)
        self._client.restart_workers([worker], _SECONDS_TO_ANSWER, raise_for_error=False)
        return True

    def _asked(self, question: str) -> Any:
        """Return what the scheduler answers.

        Raises:
            ClusterError: it is gone.
        """
        try:
            return getattr(self._client, question)()
        except (OSError, TimeoutError, ValueError) as error:
            raise ClusterError(
                "De scheduler is weg. Wat klaar was, is geschreven.",
                hint="Start hem weer, en ga verder met --resume.",
            ) from error

    def close(self) -> None:
        """Leave the cluster as it was."""
        self._client.close()


def _connected(address: Address, size: int) -> Any:
    """Return a client of the scheduler, or of a cluster of this machine when there is none.

    Raises:
        EngineMissingError: Dask is not installed.
        ClusterError: the scheduler is not there, or not safe.
    """
    try:
        import_module("dask").config.set(_QUIET)
        dask = import_module("distributed")
    except ImportError as error:
        raise EngineMissingError(
            "Dask staat niet op deze computer.", hint="pip install 'wvp-docs[cluster]'"
        ) from error
    try:
        if address.scheduler:
            address.require_private()
            return dask.Client(
                address.scheduler,
                security=_security(dask, address),
                timeout=_SECONDS_TO_ANSWER,
                set_as_default=False,
            )
        return dask.Client(
            n_workers=size,
            threads_per_worker=1,
            # Without an address it would answer on the whole network.
            dashboard_address="127.0.0.1:0",
            silence_logs=logging.CRITICAL,
            set_as_default=False,
        )
    except (OSError, TimeoutError, ValueError, TypeError) as error:
        raise ClusterError(
            f"Op {address.scheduler or 'deze computer'} antwoordt geen scheduler.",
            hint="Start er een met: dask scheduler. Kijk het adres na, en bij tls:// ook de "
            "certificaten.",
        ) from error


def _security(dask: Any, address: Address) -> Any:
    if not address.is_encrypted:
        return None
    return dask.Security(
        tls_ca_file=address.ca,
        tls_client_cert=address.cert,
        tls_client_key=address.key,
        require_encryption=True,
    )


def _as_it_is(kit: Kit) -> Kit:
    return kit


def _work_there(topic: str, orders: Sequence[Order], how: How, kit: Kit) -> list[Made]:
    """Do a task on a worker, and tell who asked for it that it begins."""
    worker = import_module("distributed").get_worker()
    worker.log_event(topic, (worker.get_current_task(), worker.address))
    # Its own folder goes when it does, however it ends.
    tempfile.tempdir = worker.local_directory
    return work(orders, how, kit)


def _version() -> str:
    return __version__


def _pass_on(done: Any, result: Result) -> None:
    """Hand over what came of a task, unless nobody waits for it any more."""
    with suppress(InvalidStateError):
        try:
            made: list[Made] = done.result()
        except BaseException as error:  # noqa: BLE001  a lost worker or scheduler, of any kind
            result.set_exception(error)
        else:
            result.set_result(made)
