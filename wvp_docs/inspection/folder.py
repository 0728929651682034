"""A folder of templates: is every form there, once, under its own name, and not open in Word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from wvp_docs.errors import reason
from wvp_docs.findings import Severity
from wvp_docs.formats import enumerate_nl
from wvp_docs.forms import Library
from wvp_docs.grammar import closest
from wvp_docs.inspection.remarks import Remark
from wvp_docs.inspection.template import Inspected, inspect_template
from wvp_docs.vocabulary import OTHERS

_OTHER_KINDS = frozenset((".doc", ".dot", ".dotx", ".docm", ".dotm", ".odt", ".ott", ".rtf"))
_WORD_LOCK, _OFFICE_LOCK = "~$", ".~lock."


def inspect_path(path: Path, library: Library) -> Iterator[Inspected]:
    """Yield what is wrong with one template, or with every template in a folder.

    Raises:
        OSError: the folder cannot be read.
    """
    folder = path if path.is_dir() else path.parent
    files = sorted(it for it in folder.iterdir() if it.is_file())
    stems = (*library.forms, *OTHERS)
    for file in files if path.is_dir() else [path]:
        if not _is_template(file, stems) and path.is_dir():
            continue
        around = tuple(_around(file, files, stems))
        if path.is_dir() and _plain(file.stem) not in stems:
            yield Inspected(str(file), "", around)
            continue
        inspected = _inspected(file, _plain(file.stem), library)
        if inspected.members and file.suffix.lower() in _OTHER_KINDS:
            around += (_named_wrong(file),)
        yield Inspected(
            inspected.file, inspected.form, (*around, *inspected.remarks), inspected.members
        )
    if path.is_dir():
        there = {_plain(file.stem) for file in files if _is_template(file, stems)}
        if missing := [stem for stem in stems if stem not in there]:
            yield Inspected(str(path), "", (_missing(missing),))


def _is_template(file: Path, stems: tuple[str, ...]) -> bool:
    if file.name.startswith((_WORD_LOCK, _OFFICE_LOCK)):
        return False
    suffix = file.suffix.lower()
    return suffix == ".docx" or (suffix in _OTHER_KINDS and _plain(file.stem) in stems)


def _plain(stem: str) -> str:
    """Return the stem as the definitions write it: `Plan-van-aanpak` is `plan_van_aanpak`."""
    return stem.casefold().replace("-", "_").replace(" ", "_")


def _inspected(file: Path, stem: str, library: Library) -> Inspected:
    try:
        return inspect_template(file.read_bytes(), str(file), stem, library)
    except OSError as error:
        remark = Remark("S001", f"Dit bestand is niet te lezen: {reason(error)}.")
        return Inspected(str(file), stem if stem in library.forms else "", (remark,))


def _around(file: Path, files: list[Path], stems: tuple[str, ...]) -> Iterator[Remark]:
    stem = _plain(file.stem)
    if any(_locks(it.name, file.name) for it in files):
        yield Remark(
            "S003",
            "Dit sjabloon is nu ergens open; wat nog niet is bewaard, is hier niet nagekeken.",
            "Bewaar en sluit het in Word. Is het nergens open, verwijder dan het bestand dat met "
            "~$ begint.",
            severity=Severity.WARNING,
        )
    twins = [it.name for it in files if it != file and _is_template(it, stems)]
    twins = [name for name in twins if _plain(Path(name).stem) == stem]
    if twins:
        yield Remark(
            "S004",
            f"Er is nog een sjabloon voor hetzelfde formulier: {', '.join(twins)}.",
            f"Bewaar er één, als {stem}.docx.",
        )
    elif stem not in stems:
        yield Remark(
            "S006",
            f"Er is geen formulier {file.stem}; dit sjabloon wordt nergens voor gebruikt.",
            closest(stem, stems) or "De formulieren staan in: wvp-docs forms.",
            severity=Severity.WARNING,
        )
    elif file.name != f"{stem}.docx" and file.suffix.lower() == ".docx":
        yield Remark(
            "S006",
            f"Dit bestand hoort {stem}.docx te heten; zo wordt het niet overal gevonden.",
            f"Noem het {stem}.docx.",
            severity=Severity.WARNING,
        )


def _named_wrong(file: Path) -> Remark:
    name = f"{_plain(file.stem)}.docx"
    return Remark(
        "S006",
        f"Dit is een gewoon Word-document met de naam {file.name}; zo wordt het niet gebruikt.",
        f"Noem het {name}.",
        severity=Severity.WARNING,
    )


def _locks(lock: str, name: str) -> bool:
    """Say whether a file tells that the other is open: Word puts ~$ over the first letters."""
    if lock.startswith(_OFFICE_LOCK):
        return lock == f"{_OFFICE_LOCK}{name}#"
    return lock.startswith(_WORD_LOCK) and lock[2:] in (name, name[1:], name[2:])


def _missing(stems: Iterable[str]) -> Remark:
    return Remark(
        "S005",
        f"In deze map staat geen {enumerate_nl([f'{stem}.docx' for stem in stems])}.",
        "Daarvoor wordt het sjabloon van wvp-docs gebruikt.",
        severity=Severity.INFO,
    )
