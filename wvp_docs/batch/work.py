"""The work itself, the same in this process, in another one and on another machine."""

from __future__ import annotations

import atexit
import os
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from hashlib import sha256
from pathlib import Path

from wvp_docs import __version__
from wvp_docs.batch.days import is_same_on
from wvp_docs.batch.orders import Fault, How, Made, Order, fault_of, noted
from wvp_docs.case import parse_case
from wvp_docs.engines import Engine, pick
from wvp_docs.engines.together import Together, run_together
from wvp_docs.filling import Definitions
from wvp_docs.library import load_library
from wvp_docs.options import Options
from wvp_docs.pipeline import Product, produce
from wvp_docs.resources import HOME

_ONE_AT_A_TIME = threading.Lock()
"""What reads PDFs here is for one thread, and a worker of a cluster may have more."""


@dataclass(frozen=True, slots=True)
class Kit:
    """The definitions and templates to work with: folders here, or their files for elsewhere.

    Attributes:
        forms: the folder with the definitions.
        templates: the folder with the templates.
        content: all their files by path, for a machine that does not have these folders.
        digest: SHA-256 over that content; empty without it.
    """

    forms: Path
    templates: Path
    content: Mapping[str, bytes] | None = None
    digest: str = ""

    def packed(self) -> Kit:
        """Return the same with everything in it."""
        files = {
            f"{name}/{path.relative_to(folder).as_posix()}": path.read_bytes()
            for name, folder in (("forms", self.forms), ("templates", self.templates))
            for path in sorted(folder.rglob("*"))
            if path.suffix in {".toml", ".docx"}
        }
        digest = sha256(repr(files).encode()).hexdigest()
        return Kit(Path("forms"), Path("templates"), files, digest)

    def __hash__(self) -> int:
        return hash((self.forms, self.templates, self.digest))


@lru_cache(maxsize=2)
def _home_of(kit: Kit) -> Path:
    """Return a folder with the files of a packed kit, which is gone when this process is."""
    home = Path(tempfile.mkdtemp(prefix="wvp-docs-"))
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    for name, content in (kit.content or {}).items():
        path = home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return home


@lru_cache(maxsize=2)
def _opened(forms: Path, templates: Path) -> Definitions:
    return Definitions(load_library(forms), templates)


def definitions_of(kit: Kit) -> Definitions:
    """Return what the kit holds, read once in this process, which from then on works with it.

    Raises:
        DefinitionError: a definition is broken.
    """
    if kit.content is None:
        return _opened(kit.forms, kit.templates)
    home = _home_of(kit)
    os.environ[HOME] = str(home)
    return _opened(home / kit.forms, home / kit.templates)


def work(orders: Sequence[Order], how: How, kit: Kit) -> list[Made]:
    """Return what came of each order; a fault in one is no matter to the others.

    With an engine that is slow to start, the cases go side by side and their documents together.
    """
    if how.version != __version__:
        said = f"Deze computer heeft wvp-docs {__version__}, de opdracht is van {how.version}."
        fault = Fault("versie", said, "Zet overal dezelfde versie neer.")
        return [Made(order.name, fault=fault) for order in orders]
    tasks = [partial(_made, order, how, kit) for order in orders]
    with _ONE_AT_A_TIME:
        return [tasks[0](None)] if len(tasks) == 1 else run_together(tasks, pick(how.engine))


def _made(order: Order, how: How, kit: Kit, engine: Together | None) -> Made:
    """Return what came of one order; never raises, for nobody is there to see it."""
    begun = time.perf_counter()
    try:
        made = _tried(order, how, definitions_of(kit), engine or pick(how.engine))
    except Exception as error:  # noqa: BLE001  one case may not stop the rest
        made = Made(order.name, fault=fault_of(error))
    return replace(made, seconds=time.perf_counter() - begun, memory=_memory())


def _tried(order: Order, how: How, definitions: Definitions, engine: Engine) -> Made:
    case = parse_case(order.source, Path(order.file), order.beside)
    profile = how.extras.profile
    if order.since and is_same_on(case, definitions.library, order.since, how.today, profile):
        return Made(order.name, is_same=True)
    options = Options(Path(order.name), how.today, engine, how.concept, extras=how.extras)
    return _account(order, produce(case, definitions, options, order.numbers))


def _account(order: Order, product: Product) -> Made:
    return Made(
        order.name,
        {
            name: content if isinstance(content, bytes) else b"".join(content.chunks())
            for name, content in product.files.items()
        },
        findings=noted(finding.as_dict() for finding in product.result.findings),
        documents=len(product.result.made),
        pages=product.result.pages,
    )


def _memory() -> int:
    try:
        import resource  # noqa: PLC0415  not on Windows
    except ImportError:
        return 0
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024
