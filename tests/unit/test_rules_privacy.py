"""Rules R025, R089 and V005: what an employer may not keep, and what is set aside."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from wvp_docs.beside import OnDisk
from wvp_docs.checks.exceptions import without_exceptions
from wvp_docs.checks.privacy import privacy
from wvp_docs.checks.situation import Situation
from wvp_docs.dossier import Dossier
from wvp_docs.errors import DefinitionError
from wvp_docs.examine import examine
from wvp_docs.findings import Finding, Severity
from wvp_docs.lexicon import allowed_in_vain, lexicon_beside, lexicon_of, shipped_lexicon

Make = Callable[[str], Dossier]
TODAY = date(2025, 10, 24)
VIEW = "plan_van_aanpak.visie_werkgever"
PLAN = "[plan_van_aanpak]\nvisie_werkgever = '{}'\n"
PAPER = "[[bijlage]]\nsoort = '{}'\ntitel = '{}'\nbestand = '{}'\ndoor = '{}'\n"


def found(dossier: Dossier) -> list[Finding]:
    return [*privacy(Situation(dossier, TODAY))]


def marks(dossier: Dossier) -> list[tuple[str, str]]:
    return [(finding.code, finding.path) for finding in found(dossier)]


def words(text: str) -> list[str]:
    return [hit.word for hit in shipped_lexicon().hits(text)]


@pytest.mark.parametrize(
    "word",
    [
        "hernia hernia's nekhernia herniaoperatie rughernia",
        "kanker longkanker kankerpatiënt borstkankers",
        "depressie depressief depressieve depressies",
        "burn-out burnout Burn-out BURNOUT",
        "pijn rugpijn hoofdpijnen pijntjes pijnstillers pijnklachten",
        "rugklachten vermoeidheidsklachten klachten",
        "operatie operaties geopereerd knieoperatie operatief",
        "therapie chemotherapie fysiotherapeut fysiotherapeutische gedragstherapie",
        "behandeling behandelaar behandeltraject behandelingen",
        "diagnose diagnoses gediagnosticeerd kankerdiagnose",
        "RSI MRI mri-scan PTSS ADHD TIA tia's",
        "zwanger zwangerschap hoogzwanger bevalling miskraam",
        "psycholoog psychiater neuroloog huisarts ziekenhuis ziekenhuisopname",
        "medicatie medicijnen antidepressiva slaapmedicatie",
        "revalidatie revalidatiecentrum revalideert",
        "echtscheiding schuldsanering mantelzorger vakbondslid",
    ],
)
def test_a_word_is_found_in_every_form(word: str) -> None:
    assert words(word) == word.split()


@pytest.mark.parametrize(
    "phrase",
    [
        "moe door burn out",
        "long covid",
        "bij de specialist",
        "multiple sclerose",
        "in een echt-\nscheiding, in\nscheiding",
        "medisch specialist",
        "DSM-5",
    ],
)
def test_a_phrase_is_found(phrase: str) -> None:
    assert len(words(phrase)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Pijnpunt in de planning; twee pijnpunten; een pijnlijk besluit; Pijnacker; Filipijnen.",
        "Operationeel manager, operationele planning, coöperatie, process operator.",
        "Niet zeuren en kankeren op het rooster.",
        "Arbeidstherapeutisch werk, op therapeutische basis, arbeidstherapie.",
        "Klachtenbehandeling, klachtbehandelaar, schadebehandelaar, orderbehandeling.",
        "De WIA-aanvraag is in behandeling bij UWV. Gelijke behandeling van collega's.",
        "Wordt in behandeling genomen; de behandeling van de aanvraag duurt acht weken.",
        "Klachten van klanten, klachten over de levering, de klachtencommissie.",
        "Organisatiediagnose en storingsdiagnose.",
        "Marketingspecialist, specialist inkoop, sollicitatie als HR-specialist.",
        "Universiteit, versie, cursief, conversie.",
        "Rendement, bombardement, amendement.",
        "Zwangerschapsverlof en zwangerschaps- en bevallingsverlof.",
        "Het ontwerp bevalt goed en overgang naar ander werk.",
        "Inbreuk, contractbreuk, afbreuk, gebroken diensten.",
        "Zit-stakruk, in hoogte verstelbaar bureau, eerste ziektedag, ziekmelding.",
        "De bedrijfsarts adviseert; de verzekeringsarts beoordeelt; arbodienst.",
        "Kan maximaal 4 uur per dag werken, met pauze na elke 45 minuten. Niet tillen boven 5 kg.",
        "Geen deadlines of piekbelasting; een rustige werkplek nodig; mentale belasting kan.",
        "Volgt het advies van de bedrijfsarts op. Sociaal-medische zaken. Geen medische gegevens.",
        "De opbouw stagneert; een conflict; mediation; loopbaancoach; herstel; beperkingen.",
        "Het vastmaken van artrock in Tian, met een coördinator en hobbels.",
    ],
)
def test_an_ordinary_word_is_no_alarm(text: str) -> None:
    assert words(text) == []


def test_a_finding_points_at_the_word_and_does_not_repeat_it(dossier_of: Make) -> None:
    text = "[plan_van_aanpak]\nvisie_werkgever = '''\nGoed werk.\nDoor de chemokuur snel moe.'''\n"

    (finding,) = found(dossier_of(text))
    assert (finding.code, finding.path, finding.form) == ("R025", VIEW, "plan_van_aanpak")
    assert finding.severity is Severity.WARNING
    assert (finding.place.line, finding.place.column) == (5, 9)
    assert "chemo" not in finding.message + finding.hint
    assert "behandeling" in finding.message


def test_a_place_that_cannot_be_found_is_that_of_the_answer(dossier_of: Make) -> None:
    (finding,) = found(dossier_of('[plan_van_aanpak]\nvisie_werkgever = "her\\u006Eia"\ndatum = 1'))

    assert (finding.place.line, finding.place.column) == (3, 1)


def test_many_words_in_one_answer_are_one_finding(dossier_of: Make) -> None:
    (finding,) = found(dossier_of(PLAN.format("Depressie, hernia en therapie; en weer depressie.")))

    assert "4 woorden" in finding.message
    assert "een ziekte of aandoening en een behandeling" in finding.message


@pytest.mark.parametrize(
    "text",
    [
        "[[voortgangsverslag]]\n[[voortgangsverslag.afspraken]]\nwie = 'werknemer en psycholoog'",
        "[[voortgangsverslag]]\n[[voortgangsverslag.gewerkte_uren]]\nwerk = 'revalidatie'",
        "[plan_van_aanpak.ondertekening_werknemer]\ntoelichting = 'ligt in het ziekenhuis'",
        "[functie]\nomschrijving = 'Tilt niet meer sinds de rugklachten.'",
        "[oordeel_werknemer]\neigen_mogelijkheden = 'Door mijn migraine niet.'",
    ],
    ids=["a column", "hours worked", "a signature", "pain in the function", "of the employee"],
)
def test_every_free_text_is_looked_at(dossier_of: Make, text: str) -> None:
    assert [code for code, _ in marks(dossier_of(text))] == ["R025"]


@pytest.mark.parametrize(
    "text",
    [
        "[werkgever]\nnaam = 'Ziekenhuis Oost'\nadres = 'Kankerlaan 1'",
        "[werknemer]\nachternaam = 'Pijn'\nplaats = 'Ziekenhuisdorp'",
        "[functie]\nnaam = 'fysiotherapeut'\nomschrijving = 'Geeft behandelingen.'",
        "[[voortgangsverslag]]\ndeelnemers = 'K. Vos (psycholoog)'",
        "[probleemanalyse.ondertekening_bedrijfsarts]\nfunctie = 'psycholoog'",
        "[[uitzondering]]\npad = 'a'\nregel = 'R025'\nreden = 'De afdeling heet Revalidatie.'",
    ],
)
def test_names_functions_and_addresses_are_left_alone(dossier_of: Make, text: str) -> None:
    assert marks(dossier_of(text)) == []


@pytest.mark.parametrize(
    ("work", "said"),
    [
        (
            "[werkgever]\nnaam = 'Ziekenhuis Oost'",
            "Werkt weer in het ziekenhuis, ook in Ziekenhuis",
        ),
        ("[werkgever]\naard_bedrijf = 'Praktijk voor fysiotherapie'", "Balie fysiotherapie."),
        ("[functie]\nomschrijving = 'Begeleidt mensen met autisme.'", "Twee mensen met autisme."),
        ("[functie]\nnaam = 'psycholoog'", "Werkt vier uur als GZ-psycholoog of psycholoog."),
        ("[werknemer]\nachternaam = 'Pijn'", "Mevrouw Pijn werkt weer."),
        ("[casemanager]\nnaam = 'K. Griep'", "Overleg met K. Griep."),
    ],
)
def test_words_of_the_work_and_names_are_no_alarm(dossier_of: Make, work: str, said: str) -> None:
    assert marks(dossier_of(f"{work}\n{PLAN.format(said)}")) == []


def test_pain_stays_an_alarm_even_when_the_function_tells_it(dossier_of: Make) -> None:
    function = "[functie]\nomschrijving = 'Zwaar werk, geeft rugpijn.'\n"
    name = "[werknemer]\nachternaam = 'Pijn'\n"

    assert len(marks(dossier_of(function + PLAN.format("Stopt door rugpijn.")))) == 2
    assert marks(dossier_of(name + PLAN.format("Stopt door pijn."))) == [("R025", VIEW)]


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("[werknemer]\ndiagnose = 'x'", "werknemer.diagnose"),
        ("[medische_informatie]\nbehandeling = 'x'", "medische_informatie"),
        ("[[voortgangsverslag]]\nmedicatie = 1", "voortgangsverslag[0].medicatie"),
        ("[probleemanalyse]\nklachten = 'x'", "probleemanalyse.klachten"),
        ("[arbodienst]\nbehandelaar = 'x'", "arbodienst.behandelaar"),
    ],
)
def test_a_field_that_asks_for_it_is_an_error(dossier_of: Make, text: str, path: str) -> None:
    finding = found(dossier_of(text))[0]

    assert (finding.code, finding.path) == ("R025", path)
    assert finding.severity is Severity.ERROR


def test_no_field_of_the_definitions_has_such_a_name(example: Callable[[str], Dossier]) -> None:
    assert marks(example("compleet")) == []


@pytest.mark.parametrize(
    ("paper", "name"),
    [
        (PAPER.format("overig", "Brief van de neuroloog", "a.pdf", ""), "titel"),
        (PAPER.format("overig", "Brief", "brief_neuroloog.pdf", ""), "bestand"),
        (PAPER.format("correspondentie", "Brief", "a.pdf", "K. Vos, huisarts"), "door"),
        (PAPER.format("arbeidsdeskundig_rapport", "Met medisch dossier", "a.pdf", ""), "titel"),
        (PAPER.format("overig", "Ontslagbrief ziekenhuis", "ziekenhuis.pdf", ""), "titel"),
        (PAPER.format("overig", "Journaal bedrijfsarts", "a.pdf", ""), "titel"),
        (PAPER.format("overig", "Spreekuurverslag", "a.pdf", ""), "titel"),
        (PAPER.format("overig", "Medical report", "a.pdf", ""), "titel"),
        (PAPER.format("overig", "Opnameverslag", "a.pdf", ""), "titel"),
        (PAPER.format("overig", "Verslag", "verwijsbrief_2.pdf", ""), "bestand"),
        (PAPER.format("overig", "Expertise verzekeringsarts", "a.pdf", ""), "titel"),
        (PAPER.format("overig", "Verslag NPO", "a.pdf", ""), "titel"),
    ],
)
def test_a_medical_paper_is_a_warning(dossier_of: Make, paper: str, name: str) -> None:
    (finding,) = found(dossier_of(paper))

    assert (finding.code, finding.path) == ("R089", f"bijlage[0].{name}")
    assert finding.severity is Severity.WARNING
    assert "neuroloog" not in finding.message


@pytest.mark.parametrize(
    "paper",
    [
        PAPER.format("deskundigenoordeel", "Deskundigenoordeel", "oordeel.pdf", "UWV"),
        PAPER.format("functionele_mogelijkhedenlijst", "FML", "fml.pdf", "de verzekeringsarts"),
        PAPER.format("overig", "Sociaal-medisch overleg", "smo.pdf", "de bedrijfsarts"),
        PAPER.format("overig", "Offerte marketingspecialist", "offerte.pdf", "T. Mulder"),
        PAPER.format("medische_informatie", "Brief huisarts", "brief.pdf", "huisarts"),
    ],
    ids=[
        "of UWV",
        "of a verzekeringsarts",
        "sociaal-medisch",
        "a specialist at work",
        "refused already (R081)",
    ],
)
def test_another_paper_is_no_matter(dossier_of: Make, paper: str) -> None:
    assert marks(dossier_of(paper)) == []


@pytest.mark.parametrize(
    "text", ["a = [1, [2, {b = 'x'}]]", "[functie]\nnaam = 3", "bijlage = [1]", "werknemer = 'x'"]
)
def test_a_malformed_case_gives_no_finding_and_no_crash(dossier_of: Make, text: str) -> None:
    assert found(dossier_of(text)) == []


@pytest.mark.parametrize(
    "name", ["compleet", "week-9", "met-gaten", "te-laat", "geen-mogelijkheden", "ziek-uit-dienst"]
)
def test_the_examples_give_no_alarm(example: Callable[[str], Dossier], name: str) -> None:
    assert marks(example(name)) == []


def test_own_words_stand_beside_the_case(tmp_path: Path, dossier_of: Make) -> None:
    own = tmp_path / "woorden.toml"
    own.write_text("behalve = ['hernia']\n[[soort]]\nsleutel = 'ziekte'\nlos = ['gordelroos']\n")
    lexicon = lexicon_beside(OnDisk(tmp_path))

    assert [hit.word for hit in lexicon.hits("gordelroos, hernia, migraine")] == [
        "gordelroos",
        "migraine",
    ]
    situation = Situation(dossier_of(PLAN.format("gordelroos")), TODAY)
    assert [finding.path for finding in privacy(situation, lexicon)] == [VIEW]


def test_without_own_words_those_of_the_definitions_hold(tmp_path: Path) -> None:
    assert lexicon_beside(OnDisk(tmp_path)) is shipped_lexicon()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("woorden = []", "onbekende sleutel 'woorden'"),
        ("soort = 1", r"\[\[soort\]\]"),
        ("[[soort]]\nlos = ['x']", "sleutel ontbreekt"),
        ("[[soort]]\nsleutel = 'nieuw'\nlos = ['x']", "een naam en een alternatief"),
        ("[[soort]]\nsleutel = 'ziekte'\nlos = 'x'", "lijst van woorden"),
        ("[[soort]]\nsleutel = 'ziekte'\nlos = ['']", "lijst van woorden"),
        ("[[soort]]\nsleutel = 'ziekte'\nnaam = 1", "moet tekst zijn"),
        ("behalve = [1]", "lijst van woorden"),
        ("behalve = []\n" + "a." * 99 + "a = 1", "regel 2, is te diep genest"),
    ],
)
def test_own_words_that_make_no_sense_are_a_fault(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "woorden.toml").write_text(text)

    with pytest.raises(DefinitionError, match=said):
        lexicon_beside(OnDisk(tmp_path))


OTHER_KIND = "[[soort]]\nsleutel = 'ziekte'\n"


@pytest.mark.parametrize(
    ("words", "path"),
    [
        ("behalve = ['medisch']\n", "behalve"),
        (
            f"{OTHER_KIND}[[soort]]\nsleutel = 'medisch_stuk'\nbehalve = ['medisch dossier']\n",
            "soort[1].behalve",
        ),
    ],
)
def test_own_words_do_not_make_a_medical_paper_another_one(
    tmp_path: Path, dossier_of: Make, words: str, path: str
) -> None:
    (tmp_path / "woorden.toml").write_text(words)
    dossier = dossier_of(PAPER.format("overig", "Verslag", "medisch dossier.pdf", ""))

    seen = {(it.code, it.path): it for it in examine(dossier, TODAY).findings}
    assert ("R089", "bijlage[0].bestand") in seen
    assert seen["V005", path].place.file.endswith("woorden.toml")
    assert seen["V005", path].place.line == len(words.splitlines())


@pytest.mark.parametrize("word", ["neuroloog", "hernia"])
def test_own_words_hold_for_a_text_and_not_for_a_name(tmp_path: Path, word: str) -> None:
    (tmp_path / "woorden.toml").write_text(f"behalve = ['{word}']")
    lexicon = lexicon_beside(OnDisk(tmp_path))

    assert [*lexicon.hits(word)] == []
    assert [hit.word for hit in lexicon.hits(word, attachment=True)] == [word]
    assert [*allowed_in_vain(OnDisk(tmp_path))] == []


def test_a_kind_of_ones_own_is_added(tmp_path: Path) -> None:
    kind = "[[soort]]\nsleutel = 'eigen'\nnaam = 'iets'\nalternatief = 'niets'\neind = ['kwaal']\n"
    (tmp_path / "woorden.toml").write_text(kind)

    (hit,) = lexicon_beside(OnDisk(tmp_path)).hits("een rugkwaal")
    assert (hit.kind.naam, hit.word, hit.start) == ("iets", "rugkwaal", 4)


def test_an_empty_list_finds_nothing() -> None:
    assert [*lexicon_of({}).hits("hernia")] == []


def test_a_letter_that_grows_in_lower_case_does_not_shift_the_place() -> None:
    (hit,) = shipped_lexicon().hits("İİ hernia")

    assert hit.start == 3


ASIDE = "[[uitzondering]]\npad = '{}'\nregel = '{}'\nreden = 'De naam van een afdeling.'\n"


def test_a_warning_can_be_set_aside_with_a_reason(dossier_of: Make) -> None:
    dossier = dossier_of(PLAN.format("Afdeling revalidatie.") + ASIDE.format(VIEW, "r025"))

    kept, aside = without_exceptions(found(dossier), dossier)
    assert kept == ()
    assert [it.as_dict() for it in aside] == [
        {"path": VIEW, "code": "R025", "reason": "De naam van een afdeling.", "kenmerk": ""}
    ]


def test_only_that_rule_at_that_path_is_set_aside(dossier_of: Make) -> None:
    text = PLAN.format("revalidatie") + "mening_werkgever = 'revalidatie'\n"
    dossier = dossier_of(text + ASIDE.format(VIEW, "R025"))

    kept, _ = without_exceptions(found(dossier), dossier)
    assert [finding.path for finding in kept] == ["plan_van_aanpak.mening_werkgever"]


@pytest.mark.parametrize(
    ("severity", "said"),
    [(Severity.ERROR, "over een fout"), (Severity.INFO, "over een mededeling")],
)
def test_only_a_warning_can_be_set_aside(dossier_of: Make, severity: Severity, said: str) -> None:
    dossier = dossier_of(PLAN.format("revalidatie") + ASIDE.format(VIEW, "R025"))
    (finding,) = found(dossier)

    kept, aside = without_exceptions([replace(finding, severity=severity)], dossier)
    assert [it.code for it in kept] == ["R025", "V005"]
    assert said in kept[1].message
    assert aside == ()


@pytest.mark.parametrize("path", [VIEW, "bestaat.niet", "[["])
def test_an_exception_that_does_nothing_is_told(dossier_of: Make, path: str) -> None:
    dossier = dossier_of(PLAN.format("Goed.") + ASIDE.format(path, "R025"))

    (finding,), aside = without_exceptions(found(dossier), dossier)
    assert (finding.code, finding.path) == ("V005", "uitzondering[0].pad")
    assert finding.severity is Severity.INFO
    assert aside == ()


@pytest.mark.parametrize(
    "text",
    [
        "uitzondering = [1, {pad = 3, regel = 'R025', reden = 'x'}]\n",
        f"[[uitzondering]]\npad = '{VIEW}'\nregel = 'R025'\nreden = ' '\n",
        "uitzondering = 'x'\n",
        "",
    ],
    ids=["no table", "no reason", "no list", "none"],
)
def test_an_exception_that_is_not_whole_sets_nothing_aside(dossier_of: Make, text: str) -> None:
    dossier = dossier_of(text + PLAN.format("revalidatie"))

    kept, aside = without_exceptions(found(dossier), dossier)
    assert [finding.path for finding in kept] == [VIEW]
    assert aside == ()
