"""The small public interface: load a case, check it, build its dossier."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from wvp_docs.attachments import Access
from wvp_docs.case import Case, load_case
from wvp_docs.dossier import Dossier
from wvp_docs.examine import examine
from wvp_docs.findings import Finding
from wvp_docs.forms import Library
from wvp_docs.library import load_library
from wvp_docs.resources import forms_folder, templates_folder

if TYPE_CHECKING:
    from wvp_docs.options import Extras
    from wvp_docs.pipeline import Result


def load(path: str | Path, also: Sequence[Path] = ()) -> Case:
    """Return the case in the file.

    Args:
        path: of the file.
        also: folders in which the files that it names may stand, besides its own.

    Raises:
        CaseError: it cannot be read, or is no case of this schema.
    """
    return load_case(Path(path), tuple(also))


def definitions() -> Library:
    """Return the forms and terms of law that are in force here, to check many cases with.

    Raises:
        DefinitionError: a definition is broken.
    """
    return load_library(forms_folder())


def check(
    case: Case,
    *,
    today: date,
    profile: str | None = None,
    library: Library | None = None,
    passwords: Sequence[str] = (),
) -> tuple[Finding, ...]:
    """Return everything a person must look at in the case, in the order of its file.

    Args:
        case: as `load` gives it.
        today: the day on which it is judged.
        profile: `wia`, `zw`, `verkort`, `geen` or `iva`; None: the one that fits the case.
        library: as `definitions` gives it; None: read them for this case.
        passwords: tried on attachments that ask for one.

    Raises:
        DefinitionError: a definition is broken.
        UnknownProfileError: there is no profile with that name.
    """
    dossier = Dossier(case, library or definitions())
    return examine(dossier, today, profile, Access(tuple(passwords))).findings


def build(
    case: Case,
    out: str | Path,
    *,
    today: date,
    engine: str = "rdocx",
    concept: bool = False,
    force: bool = False,
    processes: int = 1,
    extras: Extras | None = None,
) -> Result:
    """Make every document, the bundle and the manifest, and write them to the folder `out`.

    Args:
        case: as `load` gives it.
        out: the folder for the results; it is made, or updated.
        today: the day on which the case is judged.
        engine: `rdocx`, `libreoffice` or `word`.
        concept: make documents with errors too, watermarked, with every gap marked.
        force: overwrite files that this tool did not make.
        processes: how many cores may work. More than 1 starts fresh processes, which a program
            may do only from behind `if __name__ == "__main__":`.
        extras: the packages, and how the bundle is laid out; None: only the bundle, plainly.

    Raises:
        WvpError: nothing could be made; its subclass says why.
    """
    # Word and PDF are loaded by a build alone: a check takes a tenth of the time.
    from wvp_docs import pipeline  # noqa: PLC0415
    from wvp_docs.engines import pick  # noqa: PLC0415
    from wvp_docs.filling import Definitions  # noqa: PLC0415
    from wvp_docs.options import Extras, Options  # noqa: PLC0415

    forms = Definitions(definitions(), templates_folder())
    options = Options(Path(out), today, pick(engine), concept, force, processes, extras or Extras())
    return pipeline.build(case, forms, options)
