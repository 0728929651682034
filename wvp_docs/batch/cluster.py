"""A cluster of machines, by Dask: cases travel there as bytes, and their results come back."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from importlib import import_module
from typing import Any
from urllib.parse import urlsplit

from wvp_docs import __version__
from wvp_docs.batch.orders import How, Made, Order
from wvp_docs.batch.teams import Result
from wvp_docs.batch.work import Kit, work
from wvp_docs.errors import EngineMissingError, ExitCode, WvpError

AHEAD = 2
"""Tasks for each thread of a worker: one to work on and one to go on with."""

_LOCAL = frozenset({"127.0.0.1", "::1", "localhost"})
_SECONDS_TO_ANSWER = 10


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
    ca: str = ""
    cert: str = ""
    key: str = ""
    allows_plain: bool = False

    def require_private(self) -> None:
        """Refuse to send persons' data where others can read it.

        Raises:
            ClusterError: the scheduler is elsewhere and the connection is not encrypted.
        """
        parts = urlsplit(self.scheduler if "://" in self.scheduler else f"tcp://{self.scheduler}")
        if parts.scheme == "tls" or parts.hostname in _LOCAL or self.allows_plain:
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
        kit: with what; it is sent to each worker once.
        address: where the scheduler is.
        size: how many processes a cluster of this machine has.

    Raises:
        EngineMissingError: Dask is not installed.
        ClusterError: the scheduler is not there, not safe, or a worker has another version.
    """

    def __init__(self, how: How, kit: Kit, address: Address, size: int) -> None:
        dask = _dask()
        if address.scheduler:
            address.require_private()
            safe = dask.Security(
                tls_ca_file=address.ca or None,
                tls_client_cert=address.cert or None,
                tls_client_key=address.key or None,
                require_encryption=address.scheduler.startswith("tls"),
            )
            where: dict[str, Any] = {"address": address.scheduler, "security": safe}
        else:
            where = {"n_workers": size, "threads_per_worker": 1, "dashboard_address": None}
        try:
            self._client = dask.Client(**where, timeout=_SECONDS_TO_ANSWER, set_as_default=False)
        except (OSError, TimeoutError, ValueError) as error:
            raise ClusterError(
                f"Op {address.scheduler or 'deze computer'} antwoordt geen scheduler.",
                hint="Start er een met: dask scheduler. Kijk ook het adres en de poort na.",
            ) from error
        self._how = how
        self._busy: set[Result] = set()
        self._require_same_version()
        self._kit = self._client.scatter(kit.packed(), broadcast=True, hash=False)

    def _require_same_version(self) -> None:
        versions = self._client.run(_version)
        others = {name: said for name, said in versions.items() if said != __version__}
        if others:
            name, said = next(iter(others.items()))
            self.close()
            raise ClusterError(
                f"Worker {name} heeft wvp-docs {said or '(niets)'}, hier is het {__version__}.",
                hint="Zet overal dezelfde versie neer.",
            )

    @property
    def has_room(self) -> bool:
        """Whether a worker has less than it can go on with."""
        self._busy = {result for result in self._busy if not result.done()}
        threads = sum(self._client.nthreads().values())
        return len(self._busy) < max(1, AHEAD * int(threads))

    def submit(self, orders: Sequence[Order]) -> Result:
        """Send a task off; when its worker is lost, another one gets it."""
        task = self._client.submit(work, orders, self._how, self._kit, pure=False)
        result: Result = Future()
        self._busy.add(result)
        task.add_done_callback(lambda done: _pass_on(done, result))
        return result

    def give_up(self, result: Result) -> None:
        """Ask no more for a task that takes too long."""
        result.cancel()

    def close(self) -> None:
        """Leave the cluster as it was."""
        self._client.close()


def _dask() -> Any:
    """Return the library, which is an extra and has no types.

    Raises:
        EngineMissingError: it is not installed.
    """
    try:
        return import_module("distributed")
    except ImportError as error:
        raise EngineMissingError(
            "Dask staat niet op deze computer.", hint="pip install 'wvp-docs[cluster]'"
        ) from error


def _version() -> str:
    return __version__


def _pass_on(done: Any, result: Result) -> None:
    """Hand over what came of a task, unless nobody waits for it any more."""
    if result.cancelled():
        return
    if done.status == "finished":
        made: list[Made] = done.result()
        result.set_result(made)
    else:
        result.set_exception(done.exception() or RuntimeError(done.status))
