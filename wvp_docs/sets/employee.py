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
    "uiterlijk": "Laatste dag voor de aanvraag",
}
"""What the letter and the sheet can name under `brief`, each with what it is."""

_WIA = "wia"
_APPLICATION = "wia_aanvraag"


@dataclass(frozen=True, slots=True)
class Mailing:
    """What the letter and the sheet are about."""

    dossier: Dossier
    entries: Sequence[Entry]
    timeline: Timeline
    filling: Filling

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
        latest = dates.spell_date(step.uiterlijk) if step and step.uiterlijk else ""
        applied = dates.day_in(self.dossier.case.get("uwv.wia_aanvraag")) if wia else None
        address = self.dossier.library.delivery.adres
        loose = [entry.loose for entry in self.entries if entry.loose]
        missing = [entry.titel.lower() for entry in self.entries if entry.is_missing]
        return {
            "datum": Shown(dates.spell_date(self.timeline.today)),
            "bestand": Shown(COPY),
            "los": _text(enumerate_nl(loose)),
            "stukken": _text(_summary(self.entries)),
            "ontbreekt": _text(enumerate_nl(missing)),
            "adres": Shown(", ".join(address)),
            "adres_regels": Shown("\n".join(address)),
            "wia": Shown("", answered=wia),
            "ziektewet": Shown("", answered=not wia),
            "aangevraagd": _text(dates.spell_date(applied) if applied else ""),
            "aanvraag_uiterlijk": _text(latest or "de dag die UWV u noemt"),
            "uiterlijk": _text(latest),
        }


def _text(text: str) -> Shown:
    return Shown(text, "brief" if text else "", answered=bool(text))


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
