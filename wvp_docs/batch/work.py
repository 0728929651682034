"""The work itself, the same in this process, in another one and on another machine."""

from __future__ import annotations

import atexit
import os
import shutil
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from pathlib import Path

from wvp_docs import __version__
from wvp_docs.batch.orders import Fault, How, Made, Order, fault_of
from wvp_docs.case import parse_case
from wvp_docs.engines import Engine, pick
from wvp_docs.engines.together import Together, run_together
from wvp_docs.errors import WvpError
from wvp_docs.filling import Definitions
from wvp_docs.findings import Severity
from wvp_docs.library import load_library
from wvp_docs.pipeline import Options, Product, produce
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
    """

    forms: Path
    templates: Path
    content: Mapping[str, bytes] | None = None

    def packed(self) -> Kit:
        """Return the same with everything in it."""
        files = {
            f"{name}/{path.relative_to(folder).as_posix()}": path.read_bytes()
            for name, folder in (("forms", self.forms), ("templates", self.templates))
            for path in sorted(folder.rglob("*"))
            if path.suffix in {".toml", ".docx"}
        }
        return replace(self, content=files)

    def __hash__(self) -> int:
        return hash((self.forms, self.templates, tuple((self.content or {}).items())))


@lru_cache(maxsize=2)
def definitions_of(kit: Kit) -> Definitions:
    """Return what the kit holds, read once in this process.

    Raises:
        DefinitionError: a definition is broken.
    """
    forms, templates = kit.forms, kit.templates
    if kit.content is not None:
        home = Path(tempfile.mkdtemp(prefix="wvp-docs-"))
        atexit.register(shutil.rmtree, home, ignore_errors=True)
        for name, content in kit.content.items():
            path = home / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        forms, templates = home / "forms", home / "templates"
        os.environ[HOME] = str(home)
    return Definitions(load_library(forms), templates)


def work(orders: Sequence[Order], how: How, kit: Kit) -> list[Made]:
    """Return what came of each order; a fault in one is no matter to the others.

    With an engine that is slow to start, the cases go side by side and their documents together.
    """
    if how.version != __version__:
        said = f"Deze computer heeft wvp-docs {__version__}, de opdracht is van {how.version}."
        fault = Fault("versie", said, "Zet overal dezelfde versie neer.")
        return [Made(order.name, fault=fault) for order in orders]
    with _ONE_AT_A_TIME:
        if len(orders) == 1:
            return [_made(orders[0], how, kit, None)]
        return run_together(
            [partial(_made, order, how, kit) for order in orders],
            pick(how.engine),
        )


def _made(order: Order, how: How, kit: Kit, engine: Together | None) -> Made:
    """Return what came of one order; never raises, for nobody is there to see it."""
    begun = time.perf_counter()
    try:
        made = _account(order, _produced(order, how, kit, engine or pick(how.engine)))
    except WvpError as error:
        made = Made(order.name, fault=fault_of(error))
    except MemoryError:
        said = "De casus vraagt meer geheugen dan er is."
        made = Made(order.name, fault=Fault("geheugen", said, "Maak de bijlagen kleiner."))
    except Exception as error:  # noqa: BLE001  one case may not stop the rest
        made = Made(order.name, fault=_bug(error))
    return replace(made, seconds=time.perf_counter() - begun, memory=_memory())


def _produced(order: Order, how: How, kit: Kit, engine: Engine) -> Product:
    case = parse_case(order.source, Path(order.file), order.beside)
    options = Options(Path(order.name), how.today, engine, how.concept, extras=how.extras)
    return produce(case, definitions_of(kit), options, order.numbers)


def _account(order: Order, product: Product) -> Made:
    findings = product.result.findings
    return Made(
        order.name,
        {
            name: content if isinstance(content, bytes) else b"".join(content.chunks())
            for name, content in product.files.items()
        },
        None,
        sum(finding.severity is Severity.ERROR for finding in findings),
        sum(finding.severity is Severity.WARNING for finding in findings),
        len(product.result.made),
        product.result.pages,
        len(product.result.not_made),
    )


def _bug(error: Exception) -> Fault:
    """Return where our own code failed, without what it failed on: that may be about a person."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{Path(last.filename).name}:{last.lineno}"
    return Fault(
        "programmafout",
        f"wvp-docs zelf ging stuk ({type(error).__name__} in {where}).",
        "Meld dit met deze regel; stuur de casus niet mee.",
    )


def _memory() -> int:
    try:
        import resource  # noqa: PLC0415  not on Windows
    except ImportError:
        return 0
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024
