"""The papers around the dossier: tab sheets, the letter to the employee, the sheet in the envelope.

What they say of the law is in `forms/`; here are only the words around it, for a start in Word.
"""

from __future__ import annotations

from wvp_docs.templates.blocks import tag
from wvp_docs.templates.markup import Cell, control, paragraph, row, run, tab, table, twips
from wvp_docs.templates.parts import package
from wvp_docs.templates.styles import TEXT_WIDTH

LETTER_TITLE = "Uw kopie van het dossier"
ENVELOPE_TITLE = "Voorblad voor de gesloten envelop"


def sheets() -> bytes:
    """Return the .docx template of the tab sheets: a page for each `blad`."""
    body = (
        control("for blad in dossier.bladen")
        + paragraph("Bladruimte")
        + paragraph("Bladnummer", run(tag("blad.nummer")))
        + paragraph("Bladtitel", run(tag("blad.titel")))
        + "".join(_fact(label, f"blad.{name}") for label, name in _FACTS)
        + _if("blad.uitleg", paragraph("Bladuitleg", run(tag("blad.uitleg"))))
        + control("endfor")
    )
    return package(body, title="Tabbladen", counts_pages=False)


_FACTS = (("Datum: ", "datum"), ("Opgesteld door: ", "door"), ("Omvang: ", "bladzijden"))


def _fact(label: str, path: str) -> str:
    return _if(path, paragraph("Bladfeit", run(label), run(tag(path))))


def _if(condition: str, text: str) -> str:
    return control(f"if {condition}") + text + control("endif")


def _brief(text: str) -> str:
    return paragraph("Brief", run(text))


def letter() -> bytes:
    """Return the .docx template of the letter that goes with the copy for the employee."""
    body = (
        _address()
        + paragraph("Title", run(LETTER_TITLE))
        + _brief("Geachte {{ werknemer.naam.met_aanhef }},")
        + _brief(
            "U bent al een tijd ziek. Uw werkgever, de bedrijfsarts en u maakten daarom stukken "
            "over uw weg terug naar werk. U krijgt van al die stukken een kopie, in één bestand: "
            "{{ brief.bestand }}. Bewaar het goed."
        )
        + _if("brief.los", _brief("Deze stukken zitten er als los bestand bij: {{ brief.los }}."))
        + _if("brief.wachtwoord", _brief(_IS_LOCKED))
        + paragraph("Briefkop", run("Dit zit erin"))
        + _brief("{{ brief.stukken }}.")
        + _if(
            "brief.ontbreekt",
            _brief("Dit is er nog niet: {{ brief.ontbreekt }}. U krijgt het zodra het klaar is."),
        )
        + paragraph("Briefkop", run("Dit stuurt u zelf naar UWV"))
        + _if("brief.wia", _steps(_WIA))
        + _if("brief.ziektewet", _steps(_ZIEKTEWET))
        + paragraph("Briefkop", run("Dit stuurt uw werkgever"))
        + _if("brief.wia", _brief(_EMPLOYER_WIA))
        + _if("brief.ziektewet", _brief(_EMPLOYER_ZIEKTEWET))
        + paragraph("Briefkop", run("Hebt u een vraag?"))
        + _if("casemanager.naam or werkgever.contactpersoon", _brief(_CONTACT))
        + _brief("UWV kan u ook helpen: op uwv.nl staat hoe u UWV bereikt.")
    )
    return package(body, title=LETTER_TITLE)


_IS_LOCKED = (
    "Voor de bestanden is een wachtwoord nodig. Uw werkgever vertelt u dat apart, bijvoorbeeld "
    "door de telefoon."
)


def _asked_of(path: str, role: str) -> str:
    """Return a person with the role and the telephone number, as far as the case has them."""
    return f"{{{{ {path} }}}}" + "".join(
        f"{{% if {extra} %}}, {word}{{{{ {extra} }}}}{{% endif %}}"
        for word, extra in (("", role), ("telefoon ", f"{path.partition('.')[0]}.telefoon"))
    )


_CONTACT = (
    "Stel die aan {% if casemanager.naam %}"
    f"{_asked_of('casemanager.naam', 'casemanager.functie')}"
    "{% else %}"
    f"{_asked_of('werkgever.contactpersoon', 'werkgever.functie_contactpersoon')}"
    "{% endif %}."
)
_MEDICAL = (
    "De medische informatie krijgt u van de bedrijfsarts. Alleen u stuurt die op: in een gesloten "
    "envelop met ‘medisch geheim’ erop, naar {{ brief.adres }}. Staat in de brief van UWV een "
    "ander adres? Neem dan dat. Doe het voorblad dat erbij zit in de envelop. "
    "{% if brief.verstuurd %}Volgens het dossier verstuurde u hem op {{ brief.verstuurd }}."
    "{% elif brief.uiterlijk %}Verstuur hem uiterlijk op {{ brief.uiterlijk }}."
    "{% elif brief.te_laat %}Verstuur hem zo snel mogelijk."
    "{% else %}Verstuur hem zodra UWV erom vraagt, uiterlijk op de dag die UWV u noemt.{% endif %}"
)
_APPLY = (
    "{% if brief.aangevraagd %}U vroeg de WIA-uitkering aan op {{ brief.aangevraagd }}."
    "{% else %}Vraag de WIA-uitkering zelf aan bij UWV, "
    "{% if brief.te_laat %}zo snel mogelijk: dat moest uiterlijk op {{ brief.te_laat }}."
    "{% else %}uiterlijk op {{ brief.aanvraag_uiterlijk }}. UWV stuurt u hierover een brief."
    "{% endif %}{% endif %}"
)
_OWN_VIEW = (
    "Uw eigen oordeel over de stukken mag u ook geven. Vraagt UWV daar bij de aanvraag om, vul "
    "het dan daar in."
)
_WIA = (_APPLY, _MEDICAL, _OWN_VIEW)
_ZIEKTEWET = (
    _MEDICAL,
    "Uw eigen oordeel over de stukken mag u ook geven, op het formulier of in een brief.",
)
_EMPLOYER_WIA = (
    "Uw werkgever stuurt de andere stukken naar UWV, uiterlijk één dag na uw aanvraag. Wilt u dat "
    "niet? Dat mag. Zeg het dan meteen tegen uw werkgever. U stuurt dan zelf alle stukken met de "
    "post naar UWV."
)
_EMPLOYER_ZIEKTEWET = (
    "Vraagt UWV om het re-integratieverslag, dan stuurt uw werkgever het, binnen twee weken na de "
    "brief van UWV. Alleen als UWV het aan u vraagt, stuurt u zelf deze kopie op. Wilt u "
    "niet dat uw werkgever het stuurt? Zeg het dan meteen tegen uw werkgever, en vraag UWV hoe u "
    "het zelf kunt sturen."
)


def _steps(texts: tuple[str, ...]) -> str:
    return "".join(
        paragraph("Stap", run(f"{number}."), tab(), run(text))
        for number, text in enumerate(texts, 1)
    )


def _address() -> str:
    lines = (
        "{{ werknemer.naam }}",
        "{% if werknemer.adres %}{{ werknemer.adres }}{% endif %}",
        "{% if werknemer.plaats %}{{ werknemer.postcode }} {{ werknemer.plaats }}{% endif %}",
    )
    return (
        "".join(paragraph("Adres", run(line)) for line in lines)
        + paragraph("Adres")
        + paragraph("Adres", run("Datum: {{ brief.datum }}"))
        + paragraph("Adres", run("Dossier: {{ document.kenmerk }}"))
        + paragraph("Adres")
    )


def envelope() -> bytes:
    """Return the .docx template of the sheet that lies on top in the closed envelope."""
    widths = (twips(5.2), TEXT_WIDTH - twips(5.2))
    facts = (
        ("Van", tag("werknemer.naam")),
        ("Burgerservicenummer", tag("werknemer.bsn")),
        ("Geboortedatum", _BORN),
        ("Aan", tag("brief.adres_regels")),
    )
    rows = "".join(
        row(
            (Cell(paragraph("Label", run(label))), Cell(paragraph("Waarde", run(value)))),
            widths,
        )
        for label, value in facts
    )
    body = (
        paragraph("Geheim", run("Medisch geheim"))
        + paragraph("Bladuitleg", run("Alleen voor de verzekeringsarts van UWV."))
        + paragraph("Scheiding")
        + table("Gegevens", widths, rows)
        + paragraph("Scheiding")
        + paragraph("Briefkop", run("Voor de werknemer"))
        + _steps(_ENVELOPE)
    )
    return package(body, title=ENVELOPE_TITLE)


_BORN = (
    "{% if werknemer.geboortedatum %}{{ werknemer.geboortedatum }}"
    "{% else %}(vul die zelf in){% endif %}"
)
_WRITE_ON_IT = (
    "Schrijf op de envelop ‘medisch geheim’ en het adres. Staat in de brief van UWV een ander "
    "adres? Neem dan dat."
)
_SEND_IT = (
    "{% if brief.verstuurd %}Volgens het dossier verstuurde u de envelop op {{ brief.verstuurd }}."
    "{% elif brief.uiterlijk %}Stuur de envelop zelf op, uiterlijk op {{ brief.uiterlijk }}."
    "{% elif brief.te_laat %}Stuur de envelop zelf op, zo snel mogelijk."
    "{% else %}Stuur de envelop zelf op zodra UWV erom vraagt, uiterlijk op de dag die UWV u noemt."
    "{% endif %}"
)
_TELL_WHEN = (
    "Schrijf op wanneer u hem verstuurde, en geef alleen die datum door aan uw "
    "{% if casemanager.naam %}casemanager{% else %}werkgever{% endif %}."
)
_ENVELOPE = (
    "Vraag de medische informatie aan de bedrijfsarts. Uw werkgever mag die niet zien.",
    "Leg dit blad bovenop de stukken, doe alles in één envelop en plak die dicht.",
    _WRITE_ON_IT,
    _SEND_IT,
    _TELL_WHEN,
)
