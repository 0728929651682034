"""The papers for the employee: the letter with the copy, and the sheet for the closed envelope."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wvp_docs import dates
from wvp_docs.contents import Entry
from wvp_docs.dossier import Dossier
from wvp_docs.filling import Filling
from wvp_docs.formats import enumerate_nl
from wvp_docs.shown import Node, Shown
from wvp_docs.timeline.steps import Timeline

COPY = "kopie-dossier.pdf"
COPY_TITLE = "Kopie voor de werknemer"
LETTER, LETTER_TITLE = "_brief", "Uw kopie van het dossier"
ENVELOPE, ENVELOPE_TITLE = "_envelop", "Voorblad voor de gesloten envelop"

NAMES = {
    "datum": "Datum van de brief, voluit",
    "bestand": "Naam van het bestand met de kopie",
    "los": "Stukken die er los bij zitten",
    "stukken": "Wat er in de kopie zit",
    "ontbreekt": "Wat er nog niet is",
    "adres": "Adres van UWV, op één regel",
    "adres_regels": "Adres van UWV, onder elkaar",
    "wia": "Of het om de WIA gaat",
    "ziektewet": "Of het om de Ziektewet gaat",
    "aangevraagd": "Dag waarop de WIA is aangevraagd",
    "aanvraag_uiterlijk": "Laatste dag voor de aanvraag, in woorden",
    "uiterlijk": "Laatste dag voor de aanvraag en de envelop, als die nog komt",
    "te_laat": "Laatste dag voor de aanvraag en de envelop, als die voorbij is",
    "verstuurd": "Dag waarop de envelop is verstuurd",
    "wachtwoord": "Of de bestanden een wachtwoord hebben",
}
"""What the letter and the sheet can name under `brief`, each with what it is."""

MOST_NAMED = 6
"""Loose files: with more of them the letter would take a second page."""

_WIA = "wia"
_APPLICATION = "wia_aanvraag"


@dataclass(frozen=True, slots=True)
class Mailing:
    """What the letter and the sheet are about.

    Attributes:
        is_locked: the files for the employee ask for a password.
    """

    dossier: Dossier
    entries: Sequence[Entry]
    timeline: Timeline
    filling: Filling
    is_locked: bool = False

    def letter(self) -> bytes:
        """Return the letter as a PDF: what is in the copy, and what to send in person, by when.

        Raises:
            WvpError: its template is broken, or it became no PDF.
        """
        return self._paper(LETTER, LETTER_TITLE)

    def envelope(self) -> bytes:
        """Return the sheet for the closed envelope as a PDF; nothing medical is known here.

        Raises:
            WvpError: its template is broken, or it became no PDF.
        """
        return self._paper(ENVELOPE, ENVELOPE_TITLE)

    def _paper(self, stem: str, titel: str) -> bytes:
        return self.filling.paper(stem, self.context(titel), titel)

    def context(self, titel: str) -> dict[str, object]:
        """Return what the templates of the letter and the sheet can name."""
        return {**self.filling.contexts.shared(titel), "brief": Node(self._named())}

    def _named(self) -> dict[str, object]:
        """Return what both templates can name under `brief`."""
        wia = self.timeline.profiel == _WIA
        step = self.timeline.step(_APPLICATION) if wia else None
        last = step.uiterlijk if step else None
        is_past = last is not None and last < self.timeline.today
        latest = dates.spell_date(last) if last else ""
        address = self.dossier.library.delivery.adres
        loose = [entry.loose for entry in self.entries if entry.loose]
        missing = [entry.titel.lower() for entry in self.entries if entry.is_missing]
        return {
            "datum": Shown(dates.spell_date(self.timeline.today)),
            "bestand": Shown(COPY),
            "los": _text(_few(loose)),
            "stukken": _text(_summary(self.entries)),
            "ontbreekt": _text(enumerate_nl(missing)),
            "adres": Shown(", ".join(address)),
            "adres_regels": Shown("\n".join(address)),
            "wia": Shown("", answered=wia),
            "ziektewet": Shown("", answered=not wia),
            "aangevraagd": _text(self._day("uwv.wia_aanvraag") if wia else ""),
            "aanvraag_uiterlijk": _text(latest or "de dag die UWV u noemt"),
            "uiterlijk": _text("" if is_past else latest),
            "te_laat": _text(latest if is_past else ""),
            "verstuurd": _text(self._day("uwv.gesloten_envelop_verzonden")),
            "wachtwoord": Shown("", answered=self.is_locked),
        }

    def _day(self, path: str) -> str:
        """Return the day at a path in words; empty when it is missing or still to come."""
        day = dates.day_in(self.dossier.case.get(path))
        return dates.spell_date(day) if day and day <= self.timeline.today else ""


def _text(text: str) -> Shown:
    return Shown(text, "brief" if text else "", answered=bool(text))


def _few(names: Sequence[str]) -> str:
    """Return the names, or only how many when they would fill the page."""
    return enumerate_nl(names) if len(names) <= MOST_NAMED else f"{len(names)} in de map bijlagen"


def _summary(entries: Sequence[Entry]) -> str:
    """Return what is in the copy, each kind once: `Probleemanalyse, voortgangsverslag (9 keer)`."""
    counts: dict[str, int] = {}
    for entry in entries:
        if entry.pdf or entry.loose:
            name = entry.document.form.titel if entry.document else entry.part.titel
            counts[name] = counts.get(name, 0) + 1
    said = [
        f"{name.lower()} ({count} keer)" if count > 1 else name.lower()
        for name, count in counts.items()
    ]
    text = enumerate_nl(said)
    return text[:1].upper() + text[1:]
