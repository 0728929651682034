"""Where keys stand, in every way that TOML lets people write them."""

from __future__ import annotations

import tomllib

import pytest

from wvp_docs.toml_places import Key, places


@pytest.mark.parametrize(
    ("source", "key", "at"),
    [
        pytest.param("a = 1", ("a",), (1, 1), id="first key"),
        pytest.param("\n\n  a = 1", ("a",), (3, 3), id="spaces before"),
        pytest.param("\ta = 1", ("a",), (1, 2), id="a tab is one character"),
        pytest.param("[t]\na = 1", ("t",), (1, 2), id="table"),
        pytest.param("[t]\na = 1", ("t", "a"), (2, 1), id="key in a table"),
        pytest.param("a.b.c = 1", ("a", "b", "c"), (1, 1), id="dotted key"),
        pytest.param("a.b.c = 1", ("a", "b"), (1, 1), id="part of a dotted key"),
        pytest.param("[x.y.z]\na = 1", ("x", "y"), (1, 2), id="table above a table"),
        pytest.param('"é b" = 1', ("é b",), (1, 1), id="quoted key"),
        pytest.param("'a.b'.c = 1", ("a.b", "c"), (1, 1), id="point in a quoted key"),
        pytest.param('"\\U000000e9\\t" = 1', ("é\t",), (1, 1), id="escapes that JSON lacks"),
        pytest.param('["t".a]\nb = 1', ("t", "a", "b"), (2, 1), id="quoted table"),
        pytest.param("a = { b = 1, c = 2 }", ("a", "c"), (1, 14), id="inline table"),
        pytest.param("a = [{ b = 1 }, { b = 2 }]", ("a", 1, "b"), (1, 19), id="table in a list"),
        pytest.param("a = [\n 1, # één\n 2,\n]", ("a", 1), (3, 2), id="comment in a list"),
        pytest.param("a = [[1], [2, 3]]", ("a", 1, 1), (1, 15), id="list in a list"),
        pytest.param("a = { ë = 1 }".replace("ë", '"ë"'), ("a", "ë"), (1, 7), id="accent as key"),
        pytest.param('a = { b = "ëëë", c = 1 }', ("a", "c"), (1, 18), id="accents before"),
        pytest.param('a = { b = "😀", c = 1 }', ("a", "c"), (1, 16), id="emoji before"),
        pytest.param("[t]\r\na = 1\r\n", ("t", "a"), (2, 1), id="lines of Windows"),
        pytest.param('a = """\nx\n"""\nb = 1', ("b",), (4, 1), id="after a long text"),
        pytest.param("[[r]]\na = 1\n[[r]]\na = 2", ("r", 1), (3, 3), id="row"),
        pytest.param("[[r]]\na = 1\n[[r]]\na = 2", ("r", 1, "a"), (4, 1), id="key in a row"),
        pytest.param("[[r]]\n[[r]]\n[r.t]\na = 1", ("r", 1, "t", "a"), (4, 1), id="table in a row"),
        pytest.param(
            "[[r]]\n[[r.s]]\n[[r.s]]\na = 1\n[[r]]\n[[r.s]]\nb = 1",
            ("r", 1, "s", 0, "b"),
            (7, 1),
            id="rows in rows",
        ),
        pytest.param("# niets\n[t] # leeg\n# a = 1\n", ("t",), (2, 2), id="only comments"),
    ],
)
def test_a_key_is_found_where_it_stands(source: str, key: Key, at: tuple[int, int]):
    tomllib.loads(source)

    assert places(source.encode())[key] == at


def test_the_first_place_of_a_key_counts():
    assert places(b"[a.b]\nx = 1\n[a.c]\ny = 1")["a",] == (1, 2)


@pytest.mark.parametrize("source", [b"", b"\xff\xfe", b"[", b"a = ", b"[[]]", b"= =", b"\0"])
def test_what_is_no_toml_gives_some_answer(source: bytes):
    assert isinstance(places(source), dict)
