"""What tests of a batch share: small cases, results as bytes, and cases that break a worker."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import psutil

from conftest import EXAMPLES, ROOT
from wvp_docs.barrier import Apart
from wvp_docs.batch.orders import How
from wvp_docs.batch.report import Outcome
from wvp_docs.batch.run import Run, Setup
from wvp_docs.batch.teams import Alone, Team
from wvp_docs.batch.work import Kit
from wvp_docs.beside import Marks
from wvp_docs.casefiles import Found, cases_in, with_names
from wvp_docs.filling import Definitions

KIT = Kit(ROOT / "forms", ROOT / "templates")
DAY = EXAMPLES["geen"]
SMALL = (ROOT / "examples/geen/case.toml").read_text(encoding="utf-8")
"""A case without a document: its dossier takes 25 ms."""
WEEK_9 = (ROOT / "examples/week-9/case.toml").read_text(encoding="utf-8")
"""A case with two documents."""


PATIENCE = 240
"""Seconds before a test gives up: a machine may have much else to do."""


def benchmark(name: str) -> Any:
    """Return a module of `benchmarks/`, which is no package."""
    spec = spec_from_file_location(name, ROOT / "benchmarks" / f"{name}.py")
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def put_case(folder: Path, name: str, text: str = SMALL) -> Path:
    """Write a case into a folder of its own."""
    file = folder / name / "case.toml"
    file.parent.mkdir(parents=True)
    file.write_text(text, encoding="utf-8")
    return file


def put_cases(folder: Path, count: int) -> list[Path]:
    """Write small cases, each with its own boss."""
    return [
        put_case(folder, f"casus-{at:02d}", SMALL.replace("R. Kuiper", f"R. Kuiper {at}"))
        for at in range(count)
    ]


def tree(out: Path) -> dict[str, bytes]:
    """Return all results by path, without the reports: those tell how long it took."""
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file() and not (path.parent == out and path.stem == "report")
    }


def setup_for(out: Path, definitions: Definitions, day: date = DAY, **others: Any) -> Setup:
    """Return a run into a folder, plain but for what is said."""
    how = others.pop("how", How(day))
    return Setup(out, how, definitions, time.monotonic, **others)


def run(
    setup: Setup, team: Team | None, *paths: Path, apart: Apart | None = None
) -> dict[str, Outcome]:
    """Return what came of the cases in these paths by name; each is told once."""
    found = with_names(case for path in paths for case in cases_in(path))
    return run_over(setup, team, *found, apart=apart)


def run_over(
    setup: Setup, team: Team | None, *found: Found, apart: Apart | None = None
) -> dict[str, Outcome]:
    """Return what came of these cases by name; each is told once."""
    told = list(Run(setup, team or Alone(setup.how, KIT), apart).outcomes(found))
    assert len({outcome.name for outcome in told}) == len(told) == len(found)
    return {outcome.name: outcome for outcome in told}


def command(*args: object) -> list[str]:
    """Return the command line of a batch as another process."""
    return [sys.executable, "-m", "wvp_docs", "batch", *map(str, args)]


def start(
    *args: object, env: Mapping[str, str] | None = None, stdin: int | None = None
) -> subprocess.Popen[str]:
    """Begin with a batch in a process of its own."""
    return subprocess.Popen(
        command(*args),
        cwd=ROOT,
        stdin=stdin,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), **(env or {})},
    )


def is_worker(process: psutil.Process) -> bool:
    """Whether it is one of ours, and not what Python keeps beside them."""
    try:
        return "spawn_main" in " ".join(process.cmdline())
    except (psutil.NoSuchProcess, psutil.ZombieProcess):
        return False


def wait_until(happened: Callable[[], bool]) -> None:
    """Wait for something in another process."""
    end = time.monotonic() + PATIENCE
    while True:
        with suppress(FileNotFoundError):  # of a folder that went while it was looked at
            if happened():
                return
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.02)


@dataclass(frozen=True, slots=True)
class Beside:
    """Files beside a case, of which the size cannot be asked without harm."""

    def read(self, name: str) -> bytes:
        raise NotImplementedError

    def size(self, name: str) -> int:
        raise NotImplementedError

    def digest(self, name: str) -> str:
        raise NotImplementedError

    def names(self, folder: str) -> tuple[str, ...]:
        raise NotImplementedError

    def where(self, name: str) -> str:
        raise NotImplementedError


class Crashing(Beside):
    """Ends the process, as a bug in a library does."""

    __slots__ = ()

    def size(self, _name: str) -> int:
        os._exit(3)


class Sleeping(Beside):
    """Never answers."""

    __slots__ = ()

    def size(self, _name: str) -> int:
        time.sleep(600)
        return 0


class _Ending:
    """Hears that its process must stop at the moment that it is cleared away itself."""

    def __del__(self) -> None:
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(0.01)


class Finalizing(Sleeping):
    """Never answers, after a stop that came in the midst of a finalizer."""

    __slots__ = ()

    def size(self, name: str) -> int:
        _Ending()
        return super().size(name)


class Tidying(Beside):
    """Never answers, and takes a moment to put away what it has on the disk."""

    __slots__ = ()

    def size(self, _name: str) -> int:
        folder = Path(tempfile.gettempdir())
        try:
            (folder / "begonnen").touch()
            time.sleep(600)
        finally:
            time.sleep(0.5)
            (folder / "opgeruimd").touch()
        return 0


def taken_never(_content: bytes, **_named: object) -> Marks:
    """Take marks as of a file on which a reader hangs."""
    time.sleep(600)
    return Marks()


def taken_by_a_crash(_content: bytes, **_named: object) -> Marks:
    """Take marks as of a file on which a reader crashes."""
    os._exit(3)


def taken_with_a_bug(content: bytes, **_named: object) -> Marks:
    """Take marks as by a reader that fails as nobody foresaw, with a value in its message."""
    raise KeyError(content)


class Hungry(Beside):
    """Asks for more memory than any limit in these tests."""

    __slots__ = ()

    def size(self, _name: str) -> int:
        return len(bytes(8_000_000_000))


class Buggy(Beside):
    """Fails in a way that nobody foresaw, with something of a person in the message."""

    __slots__ = ()

    def size(self, _name: str) -> int:
        raise KeyError("999990627")
