"""What holds for every case file, and for bytes that are none."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from wvp_docs.case import Key, key_of, parse_case, path_of
from wvp_docs.errors import CaseError
from wvp_docs.toml_places import places

FILE = Path("casus.toml")
BSN = "123456782"
STEPS = st.text(max_size=8) | st.sampled_from(["a", "0", "a.b", '"', "\\", "[0]", ""])
BITS = st.sampled_from(
    [
        *("[", "]", "[[", "]]", "{", "}", "=", " = ", ",", ".", "a", "b", "é", '"', "'", '"""'),
        *("\n", "\r\n", "\0", "\\", "#", "1", "-", "0x", "true", "inf", "nan", "12:00"),
        *("2024-02-30", BSN),
    ]
)
SOURCES = st.binary(max_size=200) | st.lists(BITS, max_size=30).map("".join).map(str.encode)
few = settings(max_examples=60)


def leaves(key: Key, value: object) -> Iterator[tuple[Key, object]]:
    """Every answer of a tree that is no table, with its steps."""
    if isinstance(value, Mapping):
        steps = [((*key, name), item) for name, item in value.items()]
    elif isinstance(value, tuple) and any(isinstance(item, Mapping) for item in value):
        steps = [((*key, index), item) for index, item in enumerate(value)]
    else:
        yield key, value
        return
    for inner, item in steps:
        yield from leaves(inner, item)


@given(source=SOURCES)
@settings(max_examples=200)
def test_loading_says_what_is_wrong_or_gives_a_case(source: bytes):
    said = "casus.toml"
    try:
        parse_case(source, FILE)
    except CaseError as error:
        said = f"{error} {error.hint}"

    assert said.startswith("casus.toml")
    assert BSN not in said


@given(bits=st.lists(BITS, max_size=30))
@settings(max_examples=200)
def test_a_case_that_was_read_knows_where_every_leaf_stands(bits: list[str]):
    source = "schema = 1\n" + "".join(bits)
    try:
        case = parse_case(source.encode(), FILE)
    except CaseError:
        return
    for key, value in leaves((), case.data):
        assert case.get(path_of(key)) is value
        assert 1 <= case.place(path_of(key)).line <= source.count("\n") + 1


@given(key=st.tuples(STEPS) | st.lists(STEPS | st.integers(0, 999), max_size=5).map(tuple))
@few
def test_a_written_path_reads_back(key: tuple[str | int, ...]):
    assert key_of(path_of(key)) == key


@given(source=SOURCES)
@few
def test_places_of_anything_is_no_crash(source: bytes):
    assert isinstance(places(source), dict)


def toml(value: object) -> str:
    if isinstance(value, dict):
        return f"{{ {', '.join(f'{quoted(name)} = {toml(it)}' for name, it in value.items())} }}"
    if isinstance(value, list):
        return f"[{', '.join(map(toml, value))}]"
    return quoted(value) if isinstance(value, str) else str(value).lower()


def quoted(text: str) -> str:
    return '"' + "".join(f"\\U{ord(char):08x}" for char in text) + '"'


TREES = st.recursive(
    st.integers(-9, 9) | st.booleans() | st.text(st.characters(codec="utf-8"), max_size=5),
    lambda it: (
        st.lists(it, max_size=3)
        | st.dictionaries(st.text(st.characters(codec="utf-8"), max_size=3), it, max_size=3)
    ),
    max_leaves=8,
)


@given(tree=st.dictionaries(st.text(st.characters(codec="utf-8"), max_size=3), TREES, max_size=4))
@few
def test_every_answer_of_any_tree_has_a_place_on_its_own_line(tree: dict[str, object]):
    tree.pop("schema", None)
    lines = ["schema = 1", *(f"{quoted(name)} = {toml(value)}" for name, value in tree.items())]
    source = "\n".join(lines).encode()
    rows = {name: row for row, name in enumerate(tomllib.loads(source.decode()), 1)}

    case = parse_case(source, FILE)
    for key, value in leaves((), case.data):
        assert case.get(path_of(key)) is value
        assert case.place(path_of(key)).line == rows[str(key[0])]
        assert key in places(source)
