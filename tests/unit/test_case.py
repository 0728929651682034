"""The case file: what is read, what is refused, and what is said about it."""

from __future__ import annotations

import tracemalloc
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from conftest import as_a_plain_user
from wvp_docs.beside import OnDisk
from wvp_docs.case import MAX_BYTES, Case, key_of, load_case, parse_case, path_of
from wvp_docs.errors import CaseError, ExitCode
from wvp_docs.findings import Place
from wvp_docs.toml_bounds import MAX_WORDS

BSN = "123456782"
FILE = Path("map/casus.toml")
DUTCH = r"\b(is|niet|hoort|staat|ontbreekt|wordt|moet|bestaat|kan|zijn|schrijft|begint)\b"


def parse(text: str | bytes) -> Case:
    return parse_case(text if isinstance(text, bytes) else f"schema = 1\n{text}".encode(), FILE)


def refusal(source: bytes) -> CaseError:
    with pytest.raises(CaseError, match=DUTCH) as caught:
        parse_case(source, FILE)
    return caught.value


def test_an_answer_is_found_by_its_path():
    case = parse('[a]\nb = "x"\n[[r]]\nd = 2024-02-29\n[[r]]\n"x.y" = [1, 2]')

    assert case.get("a.b") == "x"
    assert case.get("r[0].d") == date(2024, 2, 29)
    assert case.get('r[1]."x.y"[1]') == 2
    assert case.get("") is case.data


@pytest.mark.parametrize("path", ["z", "a.z", "a.b.c", "a[0]", "r[9]", "r.d", "r[0].d.x"])
def test_what_is_not_there_is_none(path: str):
    assert parse('[a]\nb = "x"\n[[r]]\nd = 1').get(path) is None


@pytest.mark.parametrize(
    ("value", "given"),
    [
        pytest.param('""', False, id="no text"),
        pytest.param('" \\n\\t"', False, id="only spaces"),
        pytest.param("[]", False, id="empty list"),
        pytest.param("false", True, id="nee"),
        pytest.param("0", True, id="nothing as a number"),
        pytest.param("{}", True, id="empty table"),
        pytest.param('"x"', True, id="text"),
    ],
)
def test_a_blank_answer_is_not_given(value: str, *, given: bool):
    assert parse(f"a = {value}").has("a") is given
    assert not parse("").has("a")


def test_the_tree_cannot_be_changed():
    case = parse("a = { b = [1, { c = 2 }] }")
    table = case.data["a"]

    assert isinstance(table, Mapping)
    assert isinstance(case.get("a.b"), tuple)
    with pytest.raises(TypeError):
        table["b"] = 1  # type: ignore[index]


@pytest.mark.parametrize(
    ("path", "line", "column"),
    [
        pytest.param("a.b", 3, 1, id="the key"),
        pytest.param("a.niet", 2, 2, id="the table above"),
        pytest.param("niet.hier", 1, 1, id="the file"),
        pytest.param("r[0].c", 5, 1, id="a row"),
    ],
)
@pytest.mark.parametrize("start", [b"", b"\xef\xbb\xbf"], ids=["plain", "byte order mark"])
def test_a_path_has_a_place(start: bytes, path: str, line: int, column: int):
    case = parse(start + b"schema = 1\n[a]\nb = 1\n[[r]]\nc = 1")

    assert case.place(path) == Place(str(FILE), line, column)


def test_the_source_is_what_stands_on_the_disk():
    source = b"\xef\xbb\xbfschema = 1\r\n"

    assert parse(source).source == source


def test_template_language_in_an_answer_is_only_text():
    assert parse("a = '{{ x }} {% raw %}'").get("a") == "{{ x }} {% raw %}"


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"\xef\xbb\xbf \r\n\t\n", id="blank with a byte order mark"),
        pytest.param(b"# alleen dit\n", id="comment only"),
        pytest.param(b"x = 1\n", id="no schema"),
        pytest.param(b"schema = true\n", id="schema ja"),
        pytest.param(b"schema = 1.0\n", id="schema with a point"),
        pytest.param(b"schema = 0\n", id="old schema"),
        pytest.param(b"schema = 123456782\n", id="new schema"),
        pytest.param(b"schema = '1'\n", id="schema as text"),
        pytest.param(b"x = " + b"9" * 5000, id="number without end"),
        pytest.param(b"schema = 1\nx = " + b"[" * 5000 + b"]" * 5000, id="deep list"),
        pytest.param(b"schema = 1\n[" + b".".join([b"a"] * 1500) + b"]", id="deep table"),
        pytest.param(b"schema = 1\nx = '\xe9'", id="Latin-1"),
        pytest.param("schema = 1".encode("utf-16"), id="UTF-16"),
        pytest.param("schema = 1".encode("utf-16-le"), id="UTF-16 without a mark"),
        pytest.param(b"#" * (MAX_BYTES + 1), id="too large"),
        pytest.param(b"\x89PNG\r\n\x1a\n", id="picture"),
        pytest.param(b"PK\x03\x04", id="Word file"),
    ],
)
def test_what_is_no_case_is_refused_in_dutch(source: bytes):
    error = refusal(source)

    assert error.exit_code is ExitCode.CASE
    assert str(FILE) in str(error)
    assert error.hint
    assert BSN not in f"{error} {error.hint}"


@pytest.mark.parametrize(
    ("line", "column", "bad", "said"),
    [
        pytest.param(2, 7, "u = 32,5", "met een punt: 32.5", id="decimal comma"),
        pytest.param(2, 11, "u = 1.040,25", "met een punt", id="thousands point"),
        pytest.param(2, 15, "a = { u = 32,5 }", "met een punt", id="comma in a table"),
        pytest.param(2, 5, "d = 2023-02-31", "deze datum bestaat niet", id="31 February"),
        pytest.param(2, 5, "d = 2023-02-29", "deze datum bestaat niet", id="no leap year"),
        pytest.param(2, 7, "d = 20-02-2024", "jjjj-mm-dd", id="Dutch date"),
        pytest.param(2, 5, "j = ja", "true (ja)", id="ja"),
        pytest.param(2, 5, "j = True", "kleine letters", id="True"),
        pytest.param(2, 5, f"b = “{BSN}”", "rechte aanhalingstekens", id="curly quotes"),
        pytest.param(2, 6, "t = 0612345678", "tussen aanhalingstekens", id="telephone"),
        pytest.param(2, 10, "p = 1234 AB", "tussen aanhalingstekens", id="postcode"),
        pytest.param(2, 5, "n = Vries", "aanhalingstekens om een tekst", id="text without quotes"),
        pytest.param(2, 1, f'b = "{BSN}', "aan het eind ontbreekt", id="one quote"),
        pytest.param(2, 1, f"b = '{BSN}", "aan het eind ontbreekt", id="one single quote"),
        pytest.param(2, 9, 'p = "c:\\x"', "schrijven", id="backslash"),
        pytest.param(3, 1, "a = 1\na = 2", "twee keer", id="key twice"),
        pytest.param(4, 3, "[a]\nb = 1\n[a]", "twee keer", id="table twice"),
        pytest.param(2, 6, 'a = "\0"', "teken dat niet mag", id="NUL"),
        pytest.param(2, 1, "a = [1, 2", "niet gesloten", id="open list"),
        pytest.param(2, 1, "[a", "tussen [ en ]", id="open table"),
        pytest.param(2, 3, "a b = 1", "hoort een =", id="two keys"),
        pytest.param(2, 1, "é = 1", "hoort een sleutel", id="accent in a key"),
        pytest.param(2, 9, "a = 'x' 'y'", "iets te veel", id="two values"),
    ],
)
def test_a_slip_in_the_toml_is_named_with_its_place(line: int, column: int, bad: str, said: str):
    error = refusal(f"schema = 1\n{bad}".encode())

    assert abs(int(str(error).split(":")[2]) - column) <= 1
    assert str(error).startswith(f"{FILE}:{line}:")
    assert said in f"{error} {error.hint}"
    assert BSN not in f"{error} {error.hint}"


_DEEP = "a." * 3000 + "a"


@pytest.mark.parametrize(
    "text",
    [
        f"{_DEEP} = 1",
        f"[{_DEEP}]",
        f"[[{_DEEP}]]",
        f"x = [{{ {_DEEP} = 1 }}]",
        "a . " * 3000 + "a = 1",
        """"a'".""" * 3000 + "a = 1",
        f"x = '''#'''  # '''\n'a\".'.{_DEEP} = 1",
        f'x = """\\"""",""" """\n{_DEEP} = 1',
        f'x = """a""""\n{_DEEP} = 1',
    ],
)
def test_a_key_of_many_parts_is_refused_before_it_takes_the_memory(text: str):
    line = 2 + text.count("\n")
    tracemalloc.start()
    try:
        with pytest.raises(CaseError, match=rf"casus.toml:{line}: hier is het te diep genest"):
            parse(text)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert peak < 1_000_000


@pytest.mark.parametrize("shape", ["[b{}.{}]\n", "b{}.{} = 1\n", "b{} = {{ {} = 1 }}\n"])
def test_so_many_tables_that_they_fill_the_memory_are_refused(shape: str):
    deep = "a." * 17 + "a"
    many = (shape.format(number, deep) for number in range(MAX_WORDS // 19 + 1))

    with pytest.raises(CaseError, match=r"casus.toml:\d+: .* te veel, voor een casus"):
        parse("".join(many))


@pytest.mark.parametrize("empty", ["{},", "[],", "'',", "1,", "{a=[]},"])
def test_so_many_values_are_refused_too(empty: str):
    with pytest.raises(CaseError, match=r"casus.toml:\d+: .* te veel, voor een casus"):
        parse(f"a = [{empty * (MAX_WORDS + 1)}]")


@pytest.mark.parametrize(
    "text",
    [
        "x = '" + "a." * 100 + "'",
        'x = """\n' + "a." * 100 + '\\""" ' + "a." * 100 + '""""" # ' + "a." * 100,
        "x = '''\n'' " + "a." * 100 + "''''",
        "x = [" + "1.5," * 100 + "]",
        "x = [" + "2024-01-01T10:00:00.5, " * 100 + "]",
        "\n".join(f"a.b{number}.c = 1" for number in range(1000)),
    ],
)
def test_dots_in_texts_comments_and_numbers_are_no_depth(text: str):
    assert parse(text).data["schema"] == 1


def test_the_line_of_a_wrong_byte_is_named():
    assert f"{FILE}:3:" in str(refusal(b"\xef\xbb\xbfschema = 1\na = 1\nb = '\xe9'\n"))


@pytest.mark.parametrize(
    ("name", "said"),
    [
        pytest.param("nergens.toml", "bestaat niet", id="missing"),
        pytest.param(".", "is een map", id="folder"),
        pytest.param("x" * 300, "de naam is te lang", id="too long a name"),
        pytest.param("dicht.toml", "geen toegang", id="no permission"),
        pytest.param("groot.toml", "te groot", id="six megabytes"),
        pytest.param("groot.toml/x", "geen map|bestaat niet", id="below a file"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_dutch(tmp_path: Path, name: str, said: str):
    (tmp_path / "groot.toml").write_bytes(b"#" * 6_000_000)
    (tmp_path / "dicht.toml").write_text("schema = 1")
    (tmp_path / "dicht.toml").chmod(0)

    with as_a_plain_user(tmp_path), pytest.raises(CaseError, match=said) as caught:
        load_case(tmp_path / name)

    assert caught.value.hint


def test_no_access_is_said_in_dutch_to_anyone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def closed(_path: Path, *_args: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", closed)

    with pytest.raises(CaseError, match="niet te lezen: geen toegang"):
        load_case(tmp_path / "case.toml")


def test_a_case_is_loaded_with_its_name_and_folder(tmp_path: Path):
    (tmp_path / "jansen.toml").write_bytes(b"\xef\xbb\xbfschema = 1\r\na = 1\r\n")
    case = load_case(tmp_path / "jansen.toml")

    assert (case.name, case.beside, case.get("a")) == ("jansen", OnDisk(tmp_path), 1)


@pytest.mark.parametrize(
    ("key", "path"),
    [
        (("a", "b", 0, "c"), "a.b[0].c"),
        (("a", 1, 2), "a[1][2]"),
        (("0", "-"), "0.-"),
        (("a b", "ë"), '"a b"."ë"'),
        (("",), '""'),
        (('zeg "ja"', "c:\\x"), '"zeg \\"ja\\""."c:\\\\x"'),
        ((), ""),
    ],
)
def test_a_path_and_its_steps_say_the_same(key: tuple[str | int, ...], path: str):
    assert path_of(key) == path
    assert key_of(path) == key
