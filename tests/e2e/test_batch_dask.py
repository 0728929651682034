"""Batches on a cluster: a real scheduler and real workers, each a process, on this machine."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from batches import (
    DAY,
    KIT,
    PATIENCE,
    Crashing,
    Sleeping,
    benchmark,
    put_case,
    put_cases,
    run,
    setup_for,
    start,
    tree,
    wait_until,
)
from conftest import ROOT
from wvp_docs import __version__
from wvp_docs.batch.cluster import Address
from wvp_docs.batch.cluster import Cluster as DaskCluster
from wvp_docs.batch.orders import Order, order_of
from wvp_docs.batch.report import Status
from wvp_docs.casefiles import Found
from wvp_docs.filling import Definitions

pytest.importorskip("distributed")


@dataclass
class Cluster:
    """A scheduler and its workers; ports are those that are free."""

    home: Path
    tls: tuple[str, ...] = ()
    address: str = ""
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def scratch(self) -> Path:
        return self.home / "tmp"

    def begin(self, program: str, *args: str, path: Path = ROOT) -> subprocess.Popen[bytes]:
        with (self.home / f"{program}{len(self.processes)}.txt").open("wb") as told:
            process = subprocess.Popen(
                [sys.executable, "-m", f"distributed.cli.dask_{program}", *args, *self.tls],
                cwd=self.home,
                env={**os.environ, "PYTHONPATH": str(path), "TMPDIR": str(self.scratch)},
                stdout=told,
                stderr=told,
            )
        self.processes.append(process)
        return process

    def begin_scheduler(self) -> None:
        note = self.home / "scheduler.json"
        protocol = "tls" if self.tls else "tcp"
        self.begin(
            "scheduler",
            *("--host", "127.0.0.1", "--port", "0", "--protocol", protocol, "--no-dashboard"),
            *("--scheduler-file", str(note)),
        )
        wait_until(lambda: note.exists() and note.read_bytes().endswith(b"}"))
        self.address = json.loads(note.read_bytes())["address"]

    def add_worker(self, *args: str, path: Path = ROOT) -> subprocess.Popen[bytes]:
        return self.begin(
            "worker",
            self.address,
            *("--host", "127.0.0.1", "--nthreads", "1", "--no-dashboard", *args),
            path=path,
        )

    def end(self) -> None:
        for process in self.processes:
            process.kill()
            process.wait()


@contextmanager
def cluster_in(home: Path, *tls: str) -> Iterator[Cluster]:
    cluster = Cluster(home, tls)
    cluster.scratch.mkdir(parents=True)
    try:
        cluster.begin_scheduler()
        yield cluster
        # What a worker leaves when it is killed, Dask clears away in its own folder.
        assert {path.name for path in cluster.scratch.iterdir()} <= {"dask-scratch-space"}
    finally:
        cluster.end()


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder: Path = tmp_path_factory.mktemp("dossiers")
    benchmark("cases").write_cases(folder, 14, seed=5)
    return folder


@pytest.fixture(scope="module")
def alone(cases: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What one process makes of the cases."""
    out: Path = tmp_path_factory.mktemp("alleen")
    assert batch(cases, out, "--executor", "serial") == (0, "")
    return tree(out)


def batch(cases: Path, out: Path, *options: object) -> tuple[int, str]:
    day = benchmark("cases").DAY
    process = start(cases, "-o", out, "--peildatum", day, *options)
    _, stderr = process.communicate(timeout=PATIENCE)
    return process.returncode, stderr


def made_in(out: Path) -> Callable[[int], bool]:
    return lambda count: len(list(out.glob("*/manifest.json"))) >= count


def test_with_a_worker_killed_midway_every_case_is_there_once_with_the_same_bytes(
    cases: Path, alone: dict[str, bytes], tmp_path: Path
) -> None:
    out, day = tmp_path / "uit", benchmark("cases").DAY
    with cluster_in(tmp_path / "cluster") as cluster:
        victim = cluster.add_worker("--no-nanny")
        cluster.add_worker("--no-nanny")
        options = ("--executor", "dask", "--scheduler", cluster.address)
        process = start(cases, "-o", out, "--peildatum", day, *options)
        wait_until(lambda: made_in(out)(3))
        victim.kill()
        _, stderr = process.communicate(timeout=PATIENCE)
    said = json.loads((out / "report.json").read_bytes())

    assert (process.returncode, stderr) == (0, "")
    assert said["totals"]["gemaakt"] == 14
    assert tree(out) == alone


def test_a_cluster_of_this_machine_needs_no_address(tmp_path: Path) -> None:
    put_cases(tmp_path / "in", 3)
    process = start(
        tmp_path / "in", "-o", tmp_path / "uit", "--peildatum", DAY, "--executor", "dask",
        *("--jobs", 1),
    )  # fmt: skip
    stdout, stderr = process.communicate(timeout=PATIENCE)

    assert (process.returncode, stderr) == (0, "")
    assert ["gemaakt", "3"] in [line.split()[:2] for line in stdout.splitlines()]


def test_a_case_that_crashes_or_hangs_on_a_cluster_costs_itself_only(
    tmp_path: Path, definitions: Definitions, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad: dict[str, Any] = {"crasht": Crashing(), "hangt": Sleeping()}

    def order(found: Found, *rest: Any) -> Order:
        made = order_of(found, *rest)
        return replace(made, beside=bad[found.name]) if found.name in bad else made

    monkeypatch.setattr("wvp_docs.batch.run.order_of", order)
    put_cases(tmp_path / "in", 4)
    for name in bad:
        put_case(tmp_path / "in", name)
    setup = setup_for(tmp_path / "uit", definitions, time_limit=10)
    team = DaskCluster(setup.how, KIT, Address(), 1)
    try:
        told = run(setup, team, tmp_path / "in")
    finally:
        team.close()

    kinds = {name: it.fault.kind for name, it in told.items() if it.fault}
    assert kinds == {"crasht": "vastgelopen", "hangt": "tijd"}
    assert sum(it.status is Status.MADE for it in told.values()) == 4


def test_a_scheduler_that_is_not_there_is_said(tmp_path: Path) -> None:
    put_cases(tmp_path / "in", 1)
    options = ("--executor", "dask", "--scheduler", "tcp://127.0.0.1:1")
    code, stderr = batch(tmp_path / "in", tmp_path / "uit", *options)

    assert code == 6
    assert "antwoordt geen scheduler" in stderr
    assert "Traceback" not in stderr


def test_a_scheduler_that_goes_away_ends_the_run_with_a_report(cases: Path, tmp_path: Path) -> None:
    out, day = tmp_path / "uit", benchmark("cases").DAY
    with cluster_in(tmp_path / "cluster") as cluster:
        cluster.add_worker("--no-nanny")
        options = ("--executor", "dask", "--scheduler", cluster.address)
        process = start(cases, "-o", out, "--peildatum", day, *options)
        wait_until(lambda: made_in(out)(2))
        cluster.processes[0].kill()
        stdout, stderr = process.communicate(timeout=PATIENCE)
    said = json.loads((out / "report.json").read_bytes())

    assert process.returncode in (6, 8)
    assert "Traceback" not in stderr
    assert "--resume" in stdout + stderr or "--only-failed" in stdout
    assert said["totals"]["gemaakt"] >= 1


def test_workers_with_another_version_are_refused_with_both_versions(tmp_path: Path) -> None:
    old = tmp_path / "oud/wvp_docs"
    old.mkdir(parents=True)
    real = ROOT / "wvp_docs"
    (old / "__init__.py").write_text(
        f"__version__ = '0.0.1'\n__path__.append({str(real)!r})\n", encoding="utf-8"
    )
    put_cases(tmp_path / "in", 1)
    with cluster_in(tmp_path / "cluster") as cluster:
        cluster.add_worker("--no-nanny", path=old.parent)
        options = ("--executor", "dask", "--scheduler", cluster.address)
        code, stderr = batch(tmp_path / "in", tmp_path / "uit", *options)

    assert code == 6
    assert "0.0.1" in stderr
    assert __version__ in stderr


def test_a_scheduler_without_workers_is_said(tmp_path: Path) -> None:
    put_cases(tmp_path / "in", 1)
    with cluster_in(tmp_path / "cluster") as cluster:
        options = ("--executor", "dask", "--scheduler", cluster.address)
        code, stderr = batch(tmp_path / "in", tmp_path / "uit", *options)

    assert code == 6
    assert "geen workers" in stderr


def test_over_tls_the_bytes_are_the_same(tmp_path: Path) -> None:
    put_cases(tmp_path / "in", 3)
    files = certificates(tmp_path)
    dask = [item for name, file in files.items() for item in (f"--tls-{DASK[name]}", file)]
    ours = [item for name, file in files.items() for item in (f"--tls-{name}", file)]
    with cluster_in(tmp_path / "cluster", *dask) as cluster:
        assert cluster.address.startswith("tls://")
        cluster.add_worker("--no-nanny")
        options = ("--executor", "dask", "--scheduler", cluster.address, *ours)
        assert batch(tmp_path / "in", tmp_path / "uit", *options) == (0, "")
    batch(tmp_path / "in", tmp_path / "alleen", "--executor", "serial")

    assert tree(tmp_path / "uit") == tree(tmp_path / "alleen")


DASK = {"ca": "ca-file", "cert": "cert", "key": "key"}


def certificates(folder: Path) -> dict[str, str]:
    """Return one certificate of 127.0.0.1 that vouches for itself, as three files."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "wvp-docs test")])
    now = datetime.now(UTC)
    host = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(host, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
        .public_bytes(serialization.Encoding.PEM)
    )
    secret = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    files = {"ca": certificate, "cert": certificate, "key": secret}
    for kind, content in files.items():
        (folder / f"{kind}.pem").write_bytes(content)
    return {kind: str(folder / f"{kind}.pem") for kind in files}
