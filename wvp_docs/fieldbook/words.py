"""What the field book says around its entries, in every shape it has."""

from __future__ import annotations

from wvp_docs.fieldbook.entries import Entry

TITLE = "Veldenboek"
INTRODUCTION = (
    (
        "Dit zijn de tags voor de Word-sjablonen. Kopieer een tag en plak hem in het sjabloon met "
        "Alleen tekst behouden, op de plaats waar het antwoord moet komen. De opmaak van de tag is "
        "de opmaak van het antwoord."
    ),
    (
        "Een tabel is drie rijen in Word: een rij met {%tr for … %}, een rij met de tags van de "
        "kolommen, elk in een eigen cel, en een rij met {%tr endfor %}. In Word en op de "
        "webpagina staat die tabel klaar om te kopiëren; elders staat er een streepje tussen de "
        "cellen. De eerste en de laatste rij verdwijnen bij het invullen."
    ),
    (
        "Moet iets alleen op papier als er een antwoord is? Zet dan in de alinea erboven "
        "{%p if naam %} en in de alinea eronder {%p endif %}, met de naam van de tag zonder "
        "accolades. Ook die twee alinea's verdwijnen."
    ),
    (
        "Verplicht: ja is altijd, soms hangt af van een ander antwoord. Kijk een veranderd "
        "sjabloon na met: wvp-docs template check."
    ),
)
HEADINGS = ("Tag", "Vraag", "Soort", "Voorbeeld", "Verplicht")


def facts(entry: Entry) -> tuple[str, ...]:
    """Return what kind of answer it is, whether it must be given, and which other forms ask it."""
    required = {"ja": "verplicht", "soms": "soms verplicht"}.get(entry.verplicht)
    return tuple(filter(None, (entry.soort, required, asked_by(entry))))


def asked_by(entry: Entry) -> str:
    """Return which forms ask it, in words; of what belongs to one form that says nothing."""
    own = any(f" {key}." in entry.tag for key in entry.formulieren)
    listed = ", ".join(key.replace("_", " ") for key in entry.formulieren)
    return f"gevraagd in {listed}" if listed and not own else ""
