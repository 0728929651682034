"""A spreadsheet to case files: read it all, then make or add to one case after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from wvp_docs.casefiles import CASE
from wvp_docs.errors import OutputError, reason
from wvp_docs.exchange.answers import Answers, Name, answers_of, contradiction_in
from wvp_docs.exchange.casefile import Changes, UnsafeError, merged
from wvp_docs.exchange.folders import FIRST_DAY, Folders
from wvp_docs.exchange.gathering import Gathered, Gathering
from wvp_docs.exchange.mapping import BSN
from wvp_docs.exchange.notes import Code, Notes
from wvp_docs.exchange.readings import Answer
from wvp_docs.exchange.targets import Target
from wvp_docs.fields import Field
from wvp_docs.findings import Severity
from wvp_docs.output import write_file

_BOM = "\ufeff"
_BIRTHDAY = "werknemer.geboortedatum"
_WHO = (BSN, _BIRTHDAY, FIRST_DAY)
"""What says which person and which illness: two of one of them are two cases."""


class Status(StrEnum):
    """What became of one case."""

    NEW = "nieuw"
    CHANGED = "bijgewerkt"
    SAME = "ongewijzigd"
    REFUSED = "overgeslagen"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One case of the spreadsheet.

    Attributes:
        file: the case file; empty when it is not known which.
        added: paths of answers and rows that were not there.
        replaced: paths of answers that now say what the spreadsheet says.
        differing: paths of answers that say something else, and were left alone.
    """

    file: str
    status: Status
    added: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    differing: tuple[str, ...] = ()


class Importer:
    """Makes case files of what was gathered."""

    def __init__(
        self, out: Path, targets: Mapping[str, Target], notes: Notes, *, overwrite: bool
    ) -> None:
        self.out = out
        self.targets = targets
        self.notes = notes
        self.overwrite = overwrite
        self._order = {target.name: at for at, target in enumerate(targets.values())}
        self._fields = {(*it.table, *it.name): it.field for it in targets.values()}

    def outcomes(
        self, gathering: Gathering, folders: Folders, write: Callable[[Path, str], None]
    ) -> Iterator[Outcome]:
        """Yield what became of each case; `write` is called with every file that changes."""
        for case in gathering.cases():
            if self._is_mixed(case):
                yield Outcome("", Status.REFUSED)
                continue
            answers = answers_of(case, self.targets, self.notes)
            answers.single = dict(
                sorted(answers.single.items(), key=lambda item: self._order[item[0]])
            )
            spot = next((said.spot for row in case.rows for said in row), None)
            if name := folders.of(case.key, answers, spot):
                yield self._outcome(self.out / name / CASE, answers, write)
                continue
            said = "van deze werknemer zijn er al meer casussen; niet overgenomen."
            hint = "Zet in de spreadsheet het dossiernummer of de eerste ziektedag erbij."
            self.notes.add(Code.CASE_REFUSED, Severity.ERROR, spot, said, hint)
            yield Outcome("", Status.REFUSED)

    def _is_mixed(self, case: Gathered) -> bool:
        """Return whether rows with one key are about more persons or illnesses."""
        if not (two := contradiction_in(case, _WHO)):
            return False
        first, other = two
        clause = (
            f"{self.targets[other.path].field.label} is hier anders dan in rij {first.spot.row} "
            f"van blad {first.spot.sheet}, en de sleutel is dezelfde; niets van deze werknemer is "
            "overgenomen."
        )
        hint = (
            "Zijn het twee personen of ziekmeldingen? Geef elk een eigen dossiernummer en neem dat "
            "als sleutel in de koppeling."
        )
        self.notes.add(Code.CASE_REFUSED, Severity.ERROR, other.spot, clause, hint, other.path)
        return True

    def _outcome(self, file: Path, answers: Answers, write: Callable[[Path, str], None]) -> Outcome:
        is_new = not file.exists()
        source = "" if is_new else file.read_bytes().decode("utf-8")
        try:
            text, changes = merged(
                source.removeprefix(_BOM).replace("\r\n", "\n"),
                answers,
                self._same,
                overwrite=self.overwrite,
            )
        except UnsafeError:
            said = f"{file}: dit bestand is anders opgebouwd en is niet bijgewerkt."
            hint = "Vul de antwoorden zelf in, of bewaar het bestand onder een andere naam."
            self.notes.add(Code.CASE_REFUSED, Severity.ERROR, None, said, hint)
            return Outcome(str(file), Status.REFUSED)
        if self._is_another(file, answers, changes):
            return Outcome(str(file), Status.REFUSED)
        if is_new and changes.is_nothing:
            return Outcome(str(file), Status.REFUSED)
        self._tell(file, answers, changes)
        if not changes.is_nothing:
            write(file, _as_before(source, text))
        status = Status.NEW if is_new else Status.SAME if changes.is_nothing else Status.CHANGED
        added, replaced, differing = changes.added, changes.replaced, changes.differing
        return Outcome(str(file), status, tuple(added), tuple(replaced), tuple(differing))

    def _is_another(self, file: Path, answers: Answers, changes: Changes) -> bool:
        """Return whether the spreadsheet is about another person or illness than the case."""
        other = (*changes.differing, *changes.replaced)
        if BSN in other:
            path, said, hint = BSN, "het BSN", "Gaat het om dezelfde persoon? Kijk het nummer na."
        elif _BIRTHDAY in other:
            path, said = _BIRTHDAY, "de geboortedatum"
            hint = "Gaat het om dezelfde persoon? Verbeter de dag waar die niet klopt."
        elif FIRST_DAY in changes.differing:
            path, said = FIRST_DAY, "de eerste ziektedag"
            hint = (
                "Is het een nieuwe ziekmelding, maak er dan een eigen casus van. Is de dag "
                "verbeterd, verbeter die dan ook in de casus, of gebruik --overschrijf."
            )
        else:
            return False
        clause = f"{said} is anders dan in {file}; niets van deze werknemer is overgenomen."
        spot = answers.single[tuple(path.split("."))].spot
        self.notes.add(Code.CASE_REFUSED, Severity.ERROR, spot, clause, hint, path)
        return True

    def _tell(self, file: Path, answers: Answers, changes: Changes) -> None:
        for path in changes.differing:
            said = answers.single.get(tuple(path.split(".")))
            clause = f"{path} is anders dan in {file}; de casus is zo gelaten."
            hint = "Kijk welk antwoord klopt. Met --overschrijf wint de spreadsheet."
            if said is None:
                clause = f"{file}: {path} is anders dan in de spreadsheet; de casus is zo gelaten."
            spot = said.spot if said else None
            self.notes.add(Code.CASE_DIFFERS, Severity.ERROR, spot, clause, hint, path)

        for path, spot in changes.behind:
            clause = f"{path} komt bij de lijst die {file} al had."
            hint = "Is het een verbetering van iets dat er al stond? Haal dat dan uit de casus."
            self.notes.add(Code.ROW_ADDED, Severity.WARNING, spot, clause, hint, path)

    def _same(self, name: Name, old: object, new: Answer) -> bool:
        """Return whether two answers read the same on paper."""
        if old == new and isinstance(old, bool) == isinstance(new, bool):
            return True
        item = self._fields.get(name)
        return item is not None and _printed(item, old) == _printed(item, new)


def _as_before(source: str, text: str) -> str:
    """Return a text with the line ends and the mark of the file that it replaces."""
    if "\r\n" in source:
        text = text.replace("\n", "\r\n")
    return f"{_BOM}{text}" if source.startswith(_BOM) else text


def _printed(item: Field, answer: object) -> object:
    if item.kind.problem(answer, item.opties):
        return answer
    shown = item.kind.show(answer, item.opties)
    return " ".join(shown.split())


def write_case(file: Path, text: str) -> None:
    """Write a case file in a folder of its own, for its owner only.

    One that was there keeps its rights, and its place when the file is a link to it.

    Raises:
        OutputError: it cannot be written.
    """
    try:
        file = file.resolve()
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        like = file.stat() if file.exists() else None
    except OSError as error:
        raise OutputError(
            f"{file.parent} kan niet worden gemaakt: {reason(error)}.", hint="Kies een andere map."
        ) from error
    write_file(file, text.encode(), force=True, like=like)
