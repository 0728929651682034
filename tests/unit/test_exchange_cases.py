"""Case files made and added to: comments stay, nothing is lost, any text comes through."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import ROOT
from wvp_docs.exchange.answers import Answers, Name
from wvp_docs.exchange.casefile import Changes, UnsafeError, merged
from wvp_docs.exchange.folders import Folders
from wvp_docs.exchange.gathering import Gathering, Said
from wvp_docs.exchange.importing import Importer, Outcome, Status, write_case
from wvp_docs.exchange.notes import Notes, Spot
from wvp_docs.exchange.readings import Answer
from wvp_docs.exchange.targets import targets_of
from wvp_docs.exchange.toml_edits import written
from wvp_docs.forms import Library
from wvp_docs.skeleton import skeleton

SPOT = Spot("Blad1", 2, 3)
BSN = "werknemer.bsn"


def single(**answers: Answer) -> Answers:
    """Return answers of `werknemer` by name."""
    return Answers({("werknemer", key): Said("", it, SPOT) for key, it in answers.items()})


def listed(path: str, *rows: dict[str, Answer]) -> Answers:
    table = tuple(path.split("."))
    said = [{(key,): Said("", it, SPOT) for key, it in row.items()} for row in rows]
    return Answers(rows={table: said})


def plain_same(_name: Name, old: object, new: Answer) -> bool:
    return old == new


def after(source: str, answers: Answers, *, overwrite: bool = False) -> tuple[str, Changes]:
    return merged(source, answers, plain_same, overwrite=overwrite)


@given(st.text())
def test_any_text_survives_into_toml_and_back(text: str) -> None:
    made, _ = after("", single(adres=text))
    again, changes = after(made, single(adres=text))

    assert tomllib.loads(made)["werknemer"]["adres"] == text
    assert not text or (again == made and changes.is_nothing)


@given(st.text(alphabet='\n"\\\t #[]a', max_size=12))
def test_text_of_more_lines_survives_with_every_quote_and_backslash(text: str) -> None:
    assert tomllib.loads(f"a = {written(text)}\n")["a"] == text


CASE = """\
schema = 1
# boven

[werknemer] # wie
voorletters = "J."   # met punt
adres = ""           # nog vragen
# achternaam volgt

# einde
[[voortgangsverslag]] # eerste
datum = 2024-05-13
werkt_nu = true
"""


def test_comments_order_and_spaces_of_a_person_stay() -> None:
    text, changes = after(CASE, single(adres="Kade 1", plaats="Sneek"))

    for line in CASE.splitlines():
        if "adres" not in line:
            assert line in text.splitlines()
    assert 'adres = "Kade 1"           # nog vragen' in text
    assert tomllib.loads(text)["werknemer"]["plaats"] == "Sneek"
    assert changes == Changes(added=["werknemer.adres", "werknemer.plaats"])


def test_another_answer_is_left_alone_unless_it_may_be_overwritten() -> None:
    same, changes = after(CASE, single(voorletters="K."))
    other, forced = after(CASE, single(voorletters="K."), overwrite=True)

    assert (same, changes) == (CASE, Changes(differing=["werknemer.voorletters"]))
    assert forced == Changes(replaced=["werknemer.voorletters"])
    assert 'voorletters = "K."   # met punt' in other


def test_rows_are_matched_by_their_day_and_new_ones_come_behind() -> None:
    day, next_day = date(2024, 5, 13), date(2024, 6, 24)
    rows = (
        {"datum": day, "loonwaarde": 40, "werkt_nu": False},
        {"datum": next_day, "werkt_nu": True},
    )
    text, changes = after(CASE, listed("voortgangsverslag", *rows))
    again, nothing = after(text, listed("voortgangsverslag", *rows))

    assert tomllib.loads(text)["voortgangsverslag"] == [
        {"datum": day, "werkt_nu": True, "loonwaarde": 40},
        {"datum": next_day, "werkt_nu": True},
    ]
    assert changes.added == ["voortgangsverslag[0].loonwaarde", "voortgangsverslag[1]"]
    assert changes.differing == nothing.differing == ["voortgangsverslag[0].werkt_nu"]
    assert again == text


def test_two_rows_of_one_day_are_two_rows_and_stay_two() -> None:
    day = date(2024, 1, 1)
    rows = ({"datum": day, "titel": "a"}, {"datum": day, "titel": "b"})
    text, _ = after("", listed("bijlage", *rows))

    assert tomllib.loads(text)["bijlage"] == list(rows)
    assert after(text, listed("bijlage", *rows))[0] == text


@pytest.mark.parametrize(
    "source",
    [
        "schema = 1\nwerknemer.voorletters = 'J.'\n",
        "schema = 1\nwerknemer = { voorletters = 'J.' }\n",
        "schema = 1\n[werknemer]\nvoorletters = 'J.'\n[verzuim]\n[werknemer.x]\n",
        "schema = 1\n[verzuim]\n[[verzuim.verlof]]\nvan=2024-01-01\n[werknemer]\nvoorletters='J.'",
        "schema = 1\nverzuim = { verlof = [{ van = 2024-01-01 }] }\nwerknemer.voorletters='J.'\n",
        "schema = 1\nverzuim.verlof = []\n[werknemer]\nvoorletters='J.'\n",
    ],
)
def test_every_way_to_write_a_table_is_added_to_or_refused_whole(source: str) -> None:
    answers = single(plaats="Sneek")
    answers.rows = listed("verzuim.verlof", {"van": date(2024, 3, 1)}).rows
    try:
        text, _ = after(source, answers)
    except UnsafeError:
        return
    data = tomllib.loads(text)
    assert data["werknemer"]["plaats"] == "Sneek"
    assert data["werknemer"]["voorletters"] == "J."
    assert data["verzuim"]["verlof"][-1] == {"van": date(2024, 3, 1)}


def test_a_skeleton_is_filled_in_below_its_own_explanation(library: Library) -> None:
    source = skeleton(library, ["probleemanalyse"])
    answers = single(geboortedatum=date(1980, 2, 1), bsn="999990019", adres="Kade 1")
    answers.single["verzuim", "aow_datum"] = Said("", date(2041, 5, 1), SPOT)
    name = ("probleemanalyse", "ondertekening_bedrijfsarts", "plaats")
    answers.single[name] = Said("", "Sneek", SPOT)
    for path in ("verzuim.onderbrekingen", "voortgangsverslag"):
        answers.rows |= listed(path, {"datum": date(2024, 5, 13)}).rows
    text, _ = after(source, answers)
    lines = text.splitlines()

    for line in ("geboortedatum = 1980-02-01", "aow_datum = 2041-05-01"):
        assert lines[lines.index(line) - 1].startswith(f"# {line.split()[0]} = ")
    assert [it for it in source.splitlines() if it not in lines] == ['bsn = ""']
    assert "[[verzuim.onderbrekingen]]" in lines


@pytest.mark.parametrize(
    "source", ["schema = 1\nwerknemer = 3\n", "schema = 1\nverzuim.verlof = 'x'\n", "[["]
)
def test_a_file_with_something_else_in_the_way_is_refused(source: str) -> None:
    answers = single(plaats="Sneek")
    answers.rows = listed("verzuim.verlof", {"van": date(2024, 3, 1)}).rows

    with pytest.raises(UnsafeError):
        after(source, answers)


def test_every_example_can_be_added_to_and_keeps_each_line_in_its_order() -> None:
    for file in (ROOT / "examples").rglob("case.toml"):
        source = file.read_text(encoding="utf-8")
        answers = single(roepnaam="Test")
        for path in ("bijlage", "voortgangsverslag", "verzuim.verlof"):
            answers.rows |= listed(path, {"datum": date(2020, 1, 1)}).rows
        text, _ = after(source, answers)

        lines = iter(text.splitlines())
        assert all(line in lines for line in source.splitlines()), file


Imported = Callable[..., tuple[list[Outcome], list[str]]]


@pytest.fixture
def imported(tmp_path: Path, library: Library) -> Imported:
    """Return how to import rows, each a mapping of paths to answers, and what was said."""
    targets = targets_of(library)

    def run(
        *rows: dict[str, Answer], key: str = BSN, overwrite: bool = False
    ) -> tuple[list[Outcome], list[str]]:
        notes = Notes("a.csv")
        with Gathering() as gathering:
            for row in rows:
                said = [Said(path, it, SPOT) for path, it in row.items() if path in targets]
                gathering.add(str(row[key]), said)
            importer = Importer(tmp_path, targets, notes, overwrite=overwrite)
            folders = Folders(tmp_path, key, notes)
            outcomes = list(importer.outcomes(gathering, folders, write_case))
        return outcomes, [finding.message for finding in notes.findings]

    return run


FIRST = {BSN: "999990019", "verzuim.eerste_ziektedag": date(2024, 1, 15)}
SECOND = {BSN: "999990020", "verzuim.eerste_ziektedag": date(2024, 1, 15)}


def folders_of(path: Path) -> list[str]:
    return sorted(it.name for it in path.iterdir())


def test_folders_are_named_by_the_first_sick_day_unique_and_the_same_again(
    tmp_path: Path, imported: Imported
) -> None:
    first, _ = imported(FIRST, SECOND)
    again, _ = imported(SECOND, FIRST)

    assert [it.status for it in first] == [Status.NEW, Status.NEW]
    assert {it.status for it in again} == {Status.SAME}
    assert folders_of(tmp_path) == ["wvp-2024-01-15", "wvp-2024-01-15-2"]
    assert [it.file for it in again] == [first[1].file, first[0].file]


@pytest.mark.parametrize(
    ("number", "folder"),
    [
        ("2024-017", "2024-017"),
        ("A 12/3", "A-12-3"),
        ("../../x", "x"),
        ("CON", "wvp-CON"),
        ("Jansen 3", "wvp-2024-01-15"),
        ("D999990019", "wvp-2024-01-15"),
        ("…", "wvp-2024-01-15"),
        ("9" * 200, "9" * 60),
    ],
)
def test_a_number_names_the_folder_when_it_is_safe_and_tells_nothing(
    tmp_path: Path, imported: Imported, number: str, folder: str
) -> None:
    imported({**FIRST, "verzuim.dossiernummer": number, "werknemer.achternaam": "Jansen"})

    assert folders_of(tmp_path) == [folder]


def test_a_staff_number_names_the_folder_and_stays_out_of_the_case(
    tmp_path: Path, imported: Imported
) -> None:
    rows = ({**FIRST, "personeelsnummer": "P12"},)
    imported(*rows, key="personeelsnummer")
    again, _ = imported(*rows, key="personeelsnummer")

    assert folders_of(tmp_path) == ["P12"]
    assert "P12" not in (tmp_path / "P12/case.toml").read_text()
    assert again[0].status is Status.SAME


def test_a_staff_number_that_is_a_name_still_finds_its_case_again(
    tmp_path: Path, imported: Imported
) -> None:
    row = {**FIRST, "personeelsnummer": "Jansen1", "werknemer.achternaam": "Jansen"}
    imported(row, key="personeelsnummer")
    again, _ = imported(row, key="personeelsnummer")

    assert folders_of(tmp_path) == ["wvp-2024-01-15"]
    assert again[0].status is Status.SAME


def test_a_staff_number_with_another_bsn_touches_nothing(
    tmp_path: Path, imported: Imported
) -> None:
    imported({**FIRST, "personeelsnummer": "P12"}, key="personeelsnummer")
    before = (tmp_path / "P12/case.toml").read_text()
    outcomes, messages = imported(
        {**SECOND, "personeelsnummer": "P12"}, key="personeelsnummer", overwrite=True
    )

    assert outcomes[0].status is Status.REFUSED
    assert "het BSN is anders dan in" in messages[0]
    assert "999990020" not in messages[0]
    assert (tmp_path / "P12/case.toml").read_text() == before


def test_another_first_sick_day_is_another_illness_and_touches_nothing(
    tmp_path: Path, imported: Imported
) -> None:
    imported(FIRST)
    later = {**FIRST, "verzuim.eerste_ziektedag": date(2025, 3, 3), "werknemer.plaats": "Sneek"}
    outcomes, messages = imported(later)

    assert outcomes[0].status is Status.REFUSED
    assert "de eerste ziektedag is anders" in messages[0]
    assert "Sneek" not in (tmp_path / "wvp-2024-01-15/case.toml").read_text()
    assert imported(later, overwrite=True)[0][0].status is Status.CHANGED


def test_of_two_cases_of_one_person_the_dossiernummer_or_the_day_decides(
    tmp_path: Path, imported: Imported
) -> None:
    for name, day in (("a", "2024-01-15"), ("b", "2025-03-03")):
        write_case(
            tmp_path / name / "case.toml",
            f'schema = 1\nverzuim.eerste_ziektedag = {day}\nverzuim.dossiernummer = "{name}"\n'
            'werknemer.bsn = "999990019"\n',
        )
    unclear, messages = imported({BSN: "999990019", "werknemer.plaats": "Sneek"})
    by_number, _ = imported({BSN: "999990019", "verzuim.dossiernummer": "b"})
    by_day, _ = imported(FIRST)

    assert unclear == [Outcome("", Status.REFUSED)]
    assert "zijn er al meer casussen" in messages[0]
    assert by_number[0].file == str(tmp_path / "b/case.toml")
    assert by_day[0].file == str(tmp_path / "a/case.toml")


def test_rows_of_one_person_that_differ_are_named_and_the_first_counts(
    tmp_path: Path, imported: Imported
) -> None:
    outcomes, messages = imported(
        {**FIRST, "werknemer.plaats": "Sneek"}, {**FIRST, "werknemer.plaats": "Joure"}
    )

    assert outcomes[0].status is Status.NEW
    assert "Plaats is hier anders dan in rij 2" in messages[0]
    assert "Sneek" in (tmp_path / "wvp-2024-01-15/case.toml").read_text()


def test_of_a_row_that_says_nothing_no_case_is_made(tmp_path: Path, imported: Imported) -> None:
    outcomes, _ = imported({"personeelsnummer": "P12"}, key="personeelsnummer")

    assert outcomes[0].status is Status.REFUSED
    assert folders_of(tmp_path) == []


def test_answers_that_read_the_same_are_no_difference(tmp_path: Path, imported: Imported) -> None:
    file = tmp_path / "a/case.toml"
    text = (
        'schema = 1\r\n[werknemer]\r\nbsn = "999990019"\r\npostcode = "1234ab"\r\n'
        'telefoon = "06-12345678"\r\n'
    )
    write_case(file, f"\ufeff{text}")
    outcomes, messages = imported(
        {BSN: "999990019", "werknemer.postcode": "1234 AB", "werknemer.telefoon": "+31612345678"}
    )

    assert (outcomes[0].status, messages) == (Status.SAME, [])
    imported({BSN: "999990019", "werknemer.plaats": "Sneek"})
    assert file.read_bytes() == f'\ufeff{text}plaats = "Sneek"\r\n'.encode()


def test_a_case_that_cannot_be_added_to_is_named_and_stays(
    tmp_path: Path, imported: Imported
) -> None:
    write_case(tmp_path / "b/case.toml", 'schema = 1\nwerkgever = 3\nwerknemer.bsn = "999990019"')
    outcomes, messages = imported({**FIRST, "werkgever.naam": "X"})

    assert "anders opgebouwd" in messages[0]
    assert outcomes[0].status is Status.REFUSED
