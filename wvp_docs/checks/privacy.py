"""Does the case keep what an employer may not keep: illness, complaints, treatment, private life?

The words stand in `forms/_woorden.toml`. A finding points at the word and never repeats it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from wvp_docs.case import Case
from wvp_docs.checks.answers import Written, text, written
from wvp_docs.checks.situation import Situation
from wvp_docs.finder import Hit
from wvp_docs.findings import Finding, Place, Severity
from wvp_docs.formats import enumerate_nl
from wvp_docs.lexicon import Lexicon, shipped_lexicon

FREE_TEXT = "R025"
MEDICAL_PAPER = "R089"

NAMES = ("werknemer", "casemanager", "arbodienst")
"""Groups about persons: a name is no illness, not even `De Pijper`."""

ABOUT_WORK = ("werkgever.naam", "werkgever.aard_bedrijf", "functie.naam", "functie.omschrijving")
"""What the work is: a fysiotherapeut may write so everywhere."""

FUNCTION = "functie"
PEOPLE = frozenset({"naam", "contactpersoon", "deelnemers"})

_RULES = "Autoriteit Persoonsgegevens, beleidsregels De zieke werknemer (2016)"
_NEVER_THROUGH_EMPLOYER = "UWV, pagina WIA-aanvraag door werknemer"
_WORDS = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


def privacy(situation: Situation, lexicon: Lexicon | None = None) -> Iterator[Finding]:
    """Yield the words that may not be there, one finding per answer.

    Args:
        situation: the dossier on a day.
        lexicon: the words to look for; None: those of the definitions.
    """
    look = _Look(situation, lexicon or situation.lexicon or shipped_lexicon())
    yield from look.free_text()
    yield from look.names_of_fields()
    yield from look.medical_papers()


@dataclass(frozen=True)
class _Look:
    """Looks through one case with one list of words."""

    situation: Situation
    lexicon: Lexicon

    def free_text(self) -> Iterator[Finding]:
        """R025: no nature or cause of the illness, even when the employee tells it himself."""
        own: tuple[frozenset[str], frozenset[str]] | None = None
        skipped = self.lexicon.skipped_fields
        for item in written(self.situation):
            group = item.path.partition(".")[0].partition("[")[0]
            if group in self.lexicon.skipped_groups or item.field.naam in skipped:
                continue
            found = [*self.lexicon.hits(item.text)]
            if not found:
                continue
            own = own or (self._names(), self._work())
            found = [hit for hit in found if self._counts(hit, group, *own)]
            if found:
                yield self._about(item, found)

    def _counts(self, hit: Hit, group: str, names: frozenset[str], work: frozenset[str]) -> bool:
        if hit.word in names:
            return False
        in_work = group == FUNCTION or bool(_words(hit.word) & work)
        return not (hit.kind.about_work and in_work)

    def _names(self) -> frozenset[str]:
        """Return the words of every name in the case that is written with a capital."""
        dossier = self.situation.dossier
        names = [text(value) for key in NAMES for value in _values(dossier.case.get(key))]
        names += [text(dossier.case.get("werkgever.contactpersoon"))]
        names += [it.text for it in written(self.situation) if it.field.naam in PEOPLE]
        words = (word for name in names for word in _WORDS.findall(name))
        return frozenset(word for word in words if word[:1].isupper())

    def _work(self) -> frozenset[str]:
        case = self.situation.dossier.case
        return frozenset(word for path in ABOUT_WORK for word in _words(text(case.get(path))))

    def _about(self, item: Written, found: Sequence[Hit]) -> Finding:
        kinds = list(dict.fromkeys(hit.kind.naam for hit in found))
        count = len({hit.start for hit in found})
        subject = "staat een woord" if count == 1 else f"staan {count} woorden"
        finding = self.situation.report.finding(
            FREE_TEXT,
            item.path,
            f"{item.where}: hier {subject} over {enumerate_nl(kinds)}. "
            "Dat mag een werkgever niet vastleggen.",
            found[0].kind.alternatief,
            _RULES,
            Severity.WARNING,
        )
        return replace(finding, place=_place_of(self.situation.dossier.case, finding, found[0]))

    def names_of_fields(self) -> Iterator[Finding]:
        """R025: a field that asks for medical data may not exist, whatever stands in it."""
        library = self.situation.dossier.library
        fields = [veld for form in library.forms.values() for veld in form.own_fields()]
        fields += library.shared.values()
        known = {field.naam for field in fields} | library.groups.keys() | library.forms.keys()
        known |= {column.naam for field in fields for column in field.kolommen} | {"schema"}
        for path, name in _keys("", self.situation.dossier.case.data):
            if name not in known and any(self.lexicon.hits(name, attachment=True)):
                yield self.situation.report.finding(
                    FREE_TEXT,
                    path,
                    "De naam van dit veld vraagt om medische gegevens. Die mag een werkgever niet "
                    "vastleggen.",
                    "Haal het veld en wat erin staat uit de casus.",
                    _RULES,
                )

    def medical_papers(self) -> Iterator[Finding]:
        """R089: a paper with medical content does not go through the employer."""
        dossier = self.situation.dossier
        allowed = dossier.library.shared["bijlage.soort"].opties
        for at, row in enumerate(dossier.rows("bijlage")):
            if text(row.get("soort")) in allowed:
                names = {name: row.get(name) for name in ("titel", "bestand", "door")}
                yield from self._medical_paper(f"bijlage[{at}]", f"Bijlage {at + 1}", names)
        for document in dossier.documents:
            where = f"{document.titel}: het ondertekende exemplaar"
            names = {"ondertekend": document.answer("ondertekend")}
            yield from self._medical_paper(document.base, where, names)

    def _medical_paper(
        self, base: str, where: str, names: Mapping[str, object]
    ) -> Iterator[Finding]:
        for name, given in names.items():
            hit = next(self.lexicon.hits(text(given), attachment=True), None)
            if hit:
                yield self.situation.report.finding(
                    MEDICAL_PAPER,
                    f"{base}.{name}",
                    f"{where} lijkt een medisch stuk: hier staat een woord over {hit.kind.naam}. "
                    "Het stuk komt daarom nergens in.",
                    "Medische stukken stuurt de werknemer zelf naar UWV, in een gesloten "
                    "envelop. Is dit iets anders, zet dan een uitzondering met de reden in de "
                    "casus.",
                    _NEVER_THROUGH_EMPLOYER,
                    Severity.WARNING,
                )
                return


def _words(name: str) -> set[str]:
    """Return the words of a text, and the parts of those with a hyphen."""
    found = {word.lower() for word in _WORDS.findall(name)}
    return found | {part for word in found for part in word.split("-")}


def _values(value: object) -> Iterator[object]:
    if isinstance(value, Mapping):
        yield from value.values()


def _keys(base: str, value: object) -> Iterator[tuple[str, str]]:
    """Yield path and name of every key in the tree."""
    if isinstance(value, Mapping):
        for name, item in value.items():
            path = f"{base}.{name}" if base else str(name)
            yield path, str(name)
            yield from _keys(path, item)
    elif isinstance(value, tuple):
        for at, item in enumerate(value):
            yield from _keys(f"{base}[{at}]", item)


def _place_of(case: Case, finding: Finding, hit: Hit) -> Place:
    """Return where the word itself stands; where the answer begins when that is not to be found."""
    lines = case.source.decode("utf-8", "replace").lstrip("\ufeff").split("\n")
    at, skip = finding.place.line - 1, finding.place.column - 1
    word = re.compile(rf"(?<![^\W_]){re.escape(hit.word)}")
    for number in range(max(at, 0), len(lines)):
        match = word.search(lines[number], skip if number == at else 0)
        if match:
            return Place(finding.place.file, number + 1, match.start() + 1)
        if number > at and re.match(r"\s*(?:\[|[\w-]+\s*=)", lines[number]):
            break
    return finding.place
