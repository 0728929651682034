"""Spreadsheets of others: in every encoding, with what is hidden and merged, and hostile ones."""

from __future__ import annotations

import gc
import sys
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.cell.read_only import ReadOnlyCell
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from wvp_docs.exchange import xlsx_package
from wvp_docs.exchange.notes import SHOWN, Code, Notes, Spot
from wvp_docs.exchange.spreadsheet import open_table
from wvp_docs.exchange.tables import Absent, Row, Table, TableError, letter
from wvp_docs.findings import Severity

_OPEN: list[Table] = []


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    """Let go of the files that a test opened."""
    yield
    while _OPEN:
        _OPEN.pop().close()


def opened(path: Path) -> tuple[Table, Notes]:
    notes = Notes(str(path))
    _OPEN.append(open_table(path, notes))
    return _OPEN[-1], notes


def rows(path: Path) -> list[tuple[object, ...]]:
    (sheet,) = opened(path)[0].sheets
    return [row.cells for row in sheet.rows()]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"]
)
@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_a_csv_is_read_in_every_encoding_and_with_every_delimiter(
    tmp_path: Path, encoding: str, delimiter: str
) -> None:
    file = tmp_path / "a.csv"
    lines = [["Naam", "Plaats"], ["Daniëls", "'s-Gravenhage"], ["Núñez", "Sneek"]]
    file.write_bytes("\r\n".join(delimiter.join(it) for it in lines).encode(encoding))

    assert rows(file) == [tuple(line) for line in lines]


def test_a_guessed_encoding_is_said_and_one_strange_byte_at_the_end_is_enough(
    tmp_path: Path,
) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes(b"a;b\n" + b"x;y\n" * 600_000 + "é;z\n".encode("cp1252"))

    table, notes = opened(file)

    assert [it.message for it in notes.findings] == [
        "Blad a: het bestand is geen UTF-8 en is gelezen als Windows-1252."
    ]
    assert [row.cells for row in table.sheets[0].rows()][-1] == ("é", "z")


def test_quotes_keep_delimiters_and_line_ends_in_a_cell(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text('a;b\n"x; ""y""";"een\ntwee"\n;\n', encoding="utf-8")

    assert rows(file) == [("a", "b"), ('x; "y"', "een\ntwee"), (None, None)]


def test_excel_may_say_the_delimiter_on_the_first_line(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("sep=|\na|b;c\n", encoding="utf-8")
    (sheet,) = opened(file)[0].sheets

    assert list(sheet.rows()) == [Row(2, ("a", "b;c"))]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is leeg"),
        (b"  \n ", "is leeg"),
        (b"a;b\n\x81\x8d\n", "geen tekst"),
        (b'a;b\n"' + b"x" * 200_000, "aanhalingsteken"),
    ],
)
def test_a_csv_that_cannot_be_read_says_why(tmp_path: Path, content: bytes, message: str) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes(content)

    with pytest.raises(TableError) as caught:
        rows(file)
    assert message in f"{caught.value} {caught.value.hint}"


@pytest.mark.parametrize(
    ("row", "text"),
    [
        (2, '1;Jansen;"hal 3\n2;Smit;Kok\n3;De Wit;Bakker\n'),
        (2, '1;"Jansen;hal\n2;Smit;Kok\n3;De Wit;"Bakker"\n'),
        (2, '1;Jansen;"hal\n2;Smit;Kok\n3;De Wit;buis 12"\n'),
        (2, '1;"Jansen;hal\n2;Smit 12";Kok\n'),
        (3, '1;Jansen;"twee\nregels"\n2;"Smit;"Kok"\n'),
        (3, '1;Jansen;hal\n2;Smit;"Kok'),
    ],
)
def test_a_quote_without_an_end_gives_nobody_the_rows_of_others(
    tmp_path: Path, row: int, text: str
) -> None:
    file = tmp_path / "a.csv"
    file.write_text(f"Nr;Naam;Werk\n{text}", encoding="utf-8")

    with pytest.raises(TableError, match=f"in rij {row} sluit een aanhalingsteken"):
        rows(file)


@pytest.mark.parametrize(
    "text",
    [
        '1;"Kok" senior;12" buizen\n2;Smit;hal',
        '"1";"een; twee\ndrie";""\n"2";"a\nb; c";"d"\n',
        '"een\ntwee";b;c\n"een\ntwee";b;c\n',
        'Vervolg;2\n1;"een\ntwee; drie";c\n',
    ],
)
def test_a_quote_that_harms_no_other_row_is_only_read(tmp_path: Path, text: str) -> None:
    file = tmp_path / "a.csv"
    file.write_text(f'"Nr\nvan";Naam;Werk\n{text}', encoding="utf-8")

    assert [len(cells) for cells in rows(file)][0::2] == [3, 3]


def test_a_large_csv_is_never_in_memory(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    with file.open("w", encoding="utf-8") as stream:
        stream.write("BSN;Functie\n")
        for _ in range(30):
            stream.write("999990019;orderbegeleider in de drukkerij van de vuurtoren\n" * 20_000)
    assert file.stat().st_size > 30_000_000

    tracemalloc.start()
    (sheet,) = opened(file)[0].sheets
    count = sum(1 for _ in sheet.rows())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert count == 600_001
    assert peak < 6_000_000


@pytest.fixture
def book(tmp_path: Path) -> Callable[[Callable[[Workbook], None]], Path]:
    """Return how to make a workbook."""

    def make(fill: Callable[[Workbook], None]) -> Path:
        made = Workbook()
        fill(made)
        path = tmp_path / "a.xlsx"
        made.save(path)
        return path

    return make


Book = Callable[[Callable[[Workbook], None]], Path]


@pytest.mark.parametrize("is_mac", [False, True])
def test_dates_are_right_in_both_date_systems(book: Book, is_mac: bool) -> None:  # noqa: FBT001
    def fill(made: Workbook) -> None:
        if is_mac:
            made.epoch = CALENDAR_MAC_1904
        made.active.append([date(2024, 12, 31), 0.7, timedelta(hours=36), True, 70])
        made.active["B1"].number_format = "0%"
        made.active["E1"].number_format = '0" %"'

    assert rows(book(fill)) == [(date(2024, 12, 31), "70%", timedelta(hours=36), True, 70)]


def test_what_a_person_cannot_see_is_named_and_left_out(book: Book) -> None:
    def fill(made: Workbook) -> None:
        made.active.title = "Verzuim"
        for at in range(1, 5):
            made.active.append([at, "b", "c"])
        made.active.row_dimensions[2].hidden = True
        made.active.row_dimensions[3].hidden = True
        made.active.column_dimensions["B"].hidden = True
        made.create_sheet("Geheim").sheet_state = "veryHidden"

    table, notes = opened(book(fill))
    (sheet,) = table.sheets

    assert [row.number for row in sheet.rows()] == [1, 4]
    assert sheet.hidden_columns == {1}
    assert [it.message for it in notes.findings] == [
        "Blad Verzuim: 2 rijen zijn verborgen (vanaf rij 2) en niet overgenomen.",
        "Blad Verzuim, kolom B: de kolom is verborgen en is niet overgenomen.",
        "Blad Geheim: het blad is verborgen en is niet overgenomen.",
    ]


def test_a_cell_merged_downward_counts_for_every_row_of_it(book: Book) -> None:
    def fill(made: Workbook) -> None:
        for row in (["BSN", "datum"], ["999990019", 1], [None, 2], [None, 3], ["999990020", 4]):
            made.active.append(row)
        made.active.merge_cells("A2:A4")

    assert [row[0] for row in rows(book(fill))[1:]] == ["999990019"] * 3 + ["999990020"]


def test_a_cell_merged_sideways_far_below_the_header_is_named(book: Book) -> None:
    def fill(made: Workbook) -> None:
        for at in range(60):
            made.active.append([at, None])
        made.active.merge_cells("A55:B55")

    _, notes = opened(book(fill))
    assert "cel A55: deze cel is samengevoegd tot en met kolom B" in notes.findings[0].message


def test_a_formula_has_its_outcome_or_is_named(book: Book) -> None:
    def fill(made: Workbook) -> None:
        made.active.append(["=1+1", "=2+2", "=3+3", "=T(0)", 5])

    path = book(fill)
    change(path, SHEET, b"<f>1+1</f><v></v>", b"<f>1+1</f><v>2</v>")
    change(path, SHEET, b"<f>2+2</f><v></v>", b"<f>2+2</f>")
    change(path, SHEET, b'<c r="D1"><f>', b'<c r="D1" t="str"><f>')

    assert rows(path) == [(2, Absent.FORMULA, Absent.FORMULA, None, 5)]


def change(path: Path, part: str, old: bytes, new: bytes) -> None:
    with zipfile.ZipFile(path) as package:
        members = {it.filename: package.read(it) for it in package.infolist()}
    assert old in members[part], members[part]
    members[part] = members[part].replace(old, new)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members.items():
            package.writestr(name, content)


def one_cell(made: Workbook) -> None:
    made.active.append(["x"])


SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    ("part", "old", "new", "message"),
    [
        (SHEET, b"<worksheet", b'<!DOCTYPE a [<!ENTITY b "c">]><worksheet', "DTD"),
        ("xl/workbook.xml", b"<workbook", b'<!DOCTYPE a [<!ENTITY b "c">]><workbook', "DTD"),
        (SHEET, b'<row r="1"', b'<row r="99999999"', "beschadigd"),
        (SHEET, b'r="A1"', b'r="ZZZ1"', "beschadigd"),
        (SHEET, b'r="A1"', b'r="A9"', "beschadigd"),
        (SHEET, b"</row>", b"</raw>", "beschadigd"),
        (SHEET, b't="inlineStr"><is><t>x</t></is>', b't="s"><v>7</v>', "beschadigd"),
        ("xl/workbook.xml", b"<sheets>", b"<sheets", "beschadigd"),
    ],
)
def test_a_workbook_that_says_what_cannot_be_is_refused(
    book: Book, part: str, old: bytes, new: bytes, message: str
) -> None:
    path = book(one_cell)
    change(path, part, old, new)

    with pytest.raises(TableError, match=message):
        rows(path)


def test_macros_are_refused_by_content_and_by_name(book: Book, tmp_path: Path) -> None:
    path = book(one_cell)
    with zipfile.ZipFile(path, "a") as package:
        package.writestr("xl/vbaProject.bin", b"x")

    with pytest.raises(TableError, match="macro"):
        opened(path)
    for name in ("a.xlsm", "a.xls", "a.xlsb", "a.ods", "a.pdf"):
        with pytest.raises(TableError):
            opened(tmp_path / name)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "leeg"),
        (b"%PDF-1.7", "geen Excel-bestand"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "oude soort"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "wachtwoord"),
        (b"PK\x03\x04" + b"\0" * 500, "beschadigd"),
    ],
)
def test_what_is_no_workbook_is_named(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)

    with pytest.raises(TableError, match=message):
        opened(path)


def test_a_zip_of_something_else_is_no_workbook(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("a.txt", b"x")

    with pytest.raises(TableError, match="beschadigd of geen Excel"):
        opened(path)


def test_a_zip_bomb_is_refused_before_it_is_unpacked(book: Book) -> None:
    path = book(one_cell)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/worksheets/sheet2.xml", b"0" * 60_000_000)

    tracemalloc.start()
    with pytest.raises(TableError, match="zou uitpakken"):
        opened(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 5_000_000


def test_a_part_that_fills_the_memory_is_refused(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xlsx_package, "MAX_PART", 100)

    with pytest.raises(TableError, match="te groot om te lezen"):
        opened(book(one_cell))


def test_a_sheet_that_claims_a_million_columns_costs_nothing(book: Book) -> None:
    path = book(one_cell)
    change(path, SHEET, b'ref="A1"', b'ref="A1:XFD1048576"')

    assert rows(path) == [("x",)]


def test_a_date_that_cannot_be_is_an_error_and_no_warning(book: Book) -> None:
    def fill(made: Workbook) -> None:
        made.active.append([date(2024, 1, 1)])

    path = book(fill)
    change(path, SHEET, b"<v>45292</v>", b"<v>99999999</v>")

    assert rows(path) == [("#VALUE!",)]


def many_rows(path: Path, count: int) -> None:
    """Write a workbook of so many rows as a stream."""
    made = Workbook(write_only=True)
    made.create_sheet("Verzuim")
    made.save(path)
    head = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    )
    with zipfile.ZipFile(path) as package:
        members = {it.filename: package.read(it) for it in package.infolist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members.items():
            if name != SHEET:
                package.writestr(name, content)
        with package.open(SHEET, "w", force_zip64=True) as part:
            part.write(head)
            for at in range(1, count + 1):
                part.write(f'<row r="{at}"><c r="A{at}"><v>{at * 7919}</v></c></row>'.encode())
            part.write(b"</sheetData></worksheet>")


def test_of_a_long_workbook_few_rows_are_held_at_a_time(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    many_rows(path, 20_000)
    (sheet,) = opened(path)[0].sheets

    held, count = [], 0
    for count, _ in enumerate(sheet.rows(), 1):
        if count % 5_000 == 0:
            gc.collect()
            held.append(sum(isinstance(it, Row | ReadOnlyCell) for it in gc.get_objects()))

    assert count == 20_000
    assert len(held) == 4
    assert max(held) < 2_000


def test_without_openpyxl_the_reader_is_told_what_to_install(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = book(one_cell)
    monkeypatch.setitem(sys.modules, "openpyxl", None)

    with pytest.raises(TableError, match="openpyxl") as caught:
        opened(path)
    assert 'pip install "wvp-docs[tabel]"' in caught.value.hint


def test_the_same_trouble_over_and_over_is_counted_and_a_bsn_is_masked() -> None:
    notes = Notes("a.xlsx")
    for row in range(SHOWN + 5):
        notes.add(Code.VALUE, Severity.ERROR, Spot("999990019", row + 1, 3), "fout.", path="a.b")

    found = notes.finished()
    assert len(found) == SHOWN + 1
    assert found[0].message == "Blad *****0019, cel C1: fout."
    assert found[-1].message == "Blad *****0019, kolom C: hetzelfde nog 5 keer."


def test_columns_are_called_as_in_excel() -> None:
    assert [letter(at) for at in (0, 25, 26, 16_383)] == ["A", "Z", "AA", "XFD"]
