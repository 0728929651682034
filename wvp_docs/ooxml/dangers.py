"""Why a Word file is refused: one name, one Dutch clause and one way out for each reason."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple


class Danger(StrEnum):
    """What is wrong with the file; tests and programs compare these, never the sentences."""

    NO_DOCX = "no_docx"
    OLD_DOC = "old_doc"
    ODT = "odt"
    ENCRYPTED = "encrypted"
    TRUNCATED = "truncated"
    TOO_BIG = "too_big"
    ZIP_BOMB = "zip_bomb"
    STRANGE_ZIP = "strange_zip"
    BROKEN_XML = "broken_xml"
    DEEP_XML = "deep_xml"
    DTD = "dtd"
    MACRO = "macro"
    ACTIVE = "active_content"
    OLE = "ole"
    FOREIGN = "foreign_document"
    FIELD = "field"
    EXTERNAL = "external_relationship"
    ATTACHED = "attached_template"
    LINK = "strange_link"


_AS_DOCX = "Open het in Word en bewaar het als Word-document (.docx)."
_AGAIN = "Vraag de maker om het bestand opnieuw te sturen, of bewaar het opnieuw in Word."
_DISTRUST = "Open dit bestand niet. Vraag de maker om een nieuw bestand, gemaakt in Word."


class _Words(NamedTuple):
    clause: str
    hint: str


_SAYS: Mapping[Danger, _Words] = MappingProxyType(
    {
        Danger.NO_DOCX: _Words("is geen Word-bestand.", _AS_DOCX),
        Danger.OLD_DOC: _Words("is een Word-bestand van de oude soort (.doc).", _AS_DOCX),
        Danger.ODT: _Words("is een OpenDocument-bestand (.odt) en geen Word-bestand.", _AS_DOCX),
        Danger.ENCRYPTED: _Words(
            "heeft een wachtwoord.",
            "Haal het wachtwoord weg in Word, onder Bestand > Info > Document beveiligen > "
            "Versleutelen met wachtwoord, en bewaar het opnieuw.",
        ),
        Danger.TRUNCATED: _Words("is beschadigd of niet helemaal binnengekomen.", _AGAIN),
        Danger.TOO_BIG: _Words(
            "is van binnen te groot om te lezen.",
            "Verdeel het over een paar bestanden, of maak in Word de afbeeldingen kleiner met "
            "Afbeeldingen comprimeren.",
        ),
        Danger.ZIP_BOMB: _Words("zou uitpakken tot veel meer dan erin hoort.", _DISTRUST),
        Danger.STRANGE_ZIP: _Words("is anders ingepakt dan Word het doet.", _AGAIN),
        Danger.BROKEN_XML: _Words("is van binnen beschadigd.", _AGAIN),
        Danger.DEEP_XML: _Words("is van binnen te diep genest.", _DISTRUST),
        Danger.DTD: _Words("bevat een DTD; dat mag niet in een Word-bestand.", _DISTRUST),
        Danger.MACRO: _Words("bevat macro's, en kan dus een programma starten.", _AS_DOCX),
        Danger.ACTIVE: _Words(
            "bevat een onderdeel dat een programma kan starten, zoals ActiveX.",
            "Haal dat onderdeel weg in Word, of druk het bestand af naar PDF.",
        ),
        Danger.OLE: _Words(
            "bevat een ander bestand of een ingesloten object, zoals een werkblad.",
            "Knip het object uit in Word en plak het terug als afbeelding (Plakken speciaal). "
            "Een bestand dat mee moet, voegt u apart toe.",
        ),
        Danger.FOREIGN: _Words(
            "voegt pas bij het openen een ander document in.",
            "Open het in Word, kopieer de tekst naar een nieuw document en bewaar dat als .docx.",
        ),
        Danger.FIELD: _Words(
            "bevat een veld dat iets van buiten het document haalt.",
            "Zet in Word de velden om in gewone tekst: Ctrl+A en dan Ctrl+Shift+F9, ook in de "
            "kop- en voettekst.",
        ),
        Danger.EXTERNAL: _Words(
            "haalt iets van een plaats buiten het document, zoals een gekoppelde afbeelding.",
            "Verbreek de koppelingen in Word: Bestand > Info > Koppelingen naar "
            "bestanden bewerken. Plak een afbeelding uit een webpagina opnieuw als afbeelding.",
        ),
        Danger.ATTACHED: _Words(
            "haalt bij het openen een sjabloon van een andere computer.",
            "Kies in Word Bestand > Opties > Invoegtoepassingen > Beheren: Sjablonen > Start, "
            "en maak Normal het documentsjabloon.",
        ),
        Danger.LINK: _Words(
            "bevat een hyperlink die een programma kan starten.",
            "Haal de hyperlink weg in Word: rechtermuisknop > Hyperlink verwijderen.",
        ),
    }
)


class HostileError(Exception):
    """The file is refused; `str()` is a clause that follows "Sjabloon x.docx " or "het bestand ".

    Args:
        danger: why.
        clause: in place of the usual one, when more is known; never text from the file.
        hint: in place of the usual one.
    """

    def __init__(self, danger: Danger, clause: str = "", hint: str = "") -> None:
        usual = _SAYS[danger]
        super().__init__(clause or usual.clause)
        self.danger = danger
        self.hint = hint or usual.hint
