"""What tests share: the definitions, cases made from a few lines, and the examples."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

import wvp_docs
from wvp_docs.case import Case, load_case, parse_case
from wvp_docs.context import Contexts
from wvp_docs.dossier import Document, Dossier
from wvp_docs.filling import Definitions
from wvp_docs.forms import Library
from wvp_docs.library import load_library
from wvp_docs.options import Extras
from wvp_docs.pipeline import Result
from wvp_docs.sets.packages import Wishes

# What is tried is the same everywhere, and no clock judges it: `--hypothesis-profile=default` looks
# further.
settings.register_profile(
    "steady",
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("steady")

# What runs in the background has these set aside, and so would all that a test starts.
for name in ("SIGINT", "SIGHUP"):
    sign = getattr(signal, name, None)
    if sign and signal.getsignal(sign) is signal.SIG_IGN:
        signal.signal(sign, lambda *_: None)

ROOT = Path(__file__).parent.parent
EXAMPLES = {
    path.parent.name: date.fromisoformat(path.read_text(encoding="utf-8").split()[2])
    for path in sorted((ROOT / "examples").glob("*/verwacht.txt"))
}
"""The examples, and the day on which each is judged: the first line of what it promises."""

TOOLS = {"engine": ("soffice", "pdftotext", "qpdf"), "validator": ("javac",)}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the golden texts anew")


def pytest_runtest_setup(item: pytest.Item) -> None:
    missing = [
        tool
        for mark in TOOLS
        for tool in TOOLS[mark]
        if item.get_closest_marker(mark) and not shutil.which(tool)
    ]
    if missing and os.environ.get("WVP_REQUIRE_ENGINE") == "1":
        pytest.fail(f"not on this machine: {', '.join(missing)}")
    if missing:
        pytest.skip(f"not on this machine: {', '.join(missing)}")


@pytest.fixture(scope="session")
def library() -> Library:
    return load_library(ROOT / "forms")


@pytest.fixture(scope="session")
def definitions(library: Library) -> Definitions:
    return Definitions(library, ROOT / "templates")


@pytest.fixture
def case_of(tmp_path: Path) -> Callable[[str], Case]:
    """Return how to make a case of a few lines of TOML; `schema = 1` comes by itself."""

    def make(text: str) -> Case:
        return parse_case(f"schema = 1\n{text}".encode(), tmp_path / "case.toml")

    return make


@pytest.fixture
def dossier_of(case_of: Callable[[str], Case], library: Library) -> Callable[[str], Dossier]:
    """Return how to make a dossier of a few lines of TOML."""
    return lambda text: Dossier(case_of(text), library)


@pytest.fixture(scope="session")
def example(library: Library) -> Callable[[str], Dossier]:
    """Return how to open an example by name."""
    return lambda name: Dossier(load_case(ROOT / "examples" / name / "case.toml"), library)


@contextmanager
def as_a_plain_user(folder: Path) -> Iterator[None]:
    """Go without the rights of root, which may read and write everywhere, inside the folder."""
    if os.name == "nt" or os.geteuid() != 0:
        yield
        return
    modes = {parent: parent.stat().st_mode for parent in (folder, *folder.parents)}
    closed = {parent: mode for parent, mode in modes.items() if mode & 0o011 != 0o011}
    for parent, mode in closed.items():
        parent.chmod(mode | 0o011)
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)
        for parent, mode in closed.items():
            parent.chmod(mode)


def context_for(document: Document, *, concept: bool) -> dict[str, object]:
    """Return what the template of one document can name."""
    return Contexts(document.dossier, concept=concept).of(document)


@pytest.fixture(scope="session")
def packaged(tmp_path_factory: pytest.TempPathFactory) -> Result:
    """The complete example with its packages, built once; not to be changed."""
    out: Path = tmp_path_factory.mktemp("compleet")
    case = wvp_docs.load(ROOT / "examples/compleet/case.toml")
    extras = Extras(packages=Wishes())
    return wvp_docs.build(case, out, today=EXAMPLES["compleet"], extras=extras)


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """A case file of one's own in an empty folder: week 9, to which a test may add."""
    shutil.copy(ROOT / "examples/week-9/case.toml", tmp_path / "case.toml")
    return tmp_path / "case.toml"
