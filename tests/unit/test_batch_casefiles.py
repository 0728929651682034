from __future__ import annotations

from pathlib import Path

import pytest

from conftest import as_a_plain_user
from wvp_docs.casefiles import LONGEST_NAME, cases_in, with_names
from wvp_docs.errors import CaseError


def put(file: Path, text: str = "schema = 1\n") -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def names(*paths: Path) -> list[str]:
    return [found.name for found in with_names(paths)]


def test_a_folder_gives_its_cases_however_deep_and_no_other_toml(tmp_path: Path) -> None:
    deep = put(tmp_path / "a/b/c/case.toml", "")
    late = put(tmp_path / "d.toml", "# een lang verhaal\n" * 1000 + "\nschema = 1\n")
    put(tmp_path / "huisstijl.toml", 'kleur = "#123456"\n')
    put(tmp_path / ".oud/case.toml")

    assert list(cases_in(tmp_path)) == [late, deep]


def test_capitals_make_no_difference_to_what_is_a_case(tmp_path: Path) -> None:
    cases = [put(tmp_path / "A.TOML"), put(tmp_path / "b/CASE.TOML", "")]

    assert list(cases_in(tmp_path)) == cases
    assert names(*cases) == ["A", "b"]


def test_a_few_cases_among_thousands_of_files_are_found(tmp_path: Path) -> None:
    for at in range(3000):
        (tmp_path / f"{at}.pdf").touch()
    cases = [put(tmp_path / f"{at}.toml") for at in range(3)]

    assert list(cases_in(tmp_path)) == cases


def test_of_a_large_toml_only_the_beginning_is_read(tmp_path: Path) -> None:
    put(tmp_path / "groot.toml", "a = 1\n" * 20_000 + "schema = 1\n")

    with pytest.raises(CaseError, match="staat geen casus"):
        list(cases_in(tmp_path))


def test_a_folder_that_is_closed_is_no_silence(tmp_path: Path) -> None:
    put(tmp_path / "dossiers/open/case.toml")
    closed = put(tmp_path / "dossiers/dicht/case.toml")
    closed.parent.chmod(0)
    try:
        with as_a_plain_user(tmp_path):
            found = list(cases_in(tmp_path / "dossiers"))
    finally:
        closed.parent.chmod(0o700)

    assert closed in found
    assert len(found) == 2


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("J. de Vries/case.toml", "J.-de-Vries"),
        ("case [1].toml", "case-1"),
        ("Daniëls & Zn.toml", "Daniels-Zn"),
        ("a.b.toml", "a.b"),
        (".../case.toml", "casus-"),
        ("🙂.toml", "casus-"),
        ("con.toml", "con-"),
        ("999990032/case.toml", "casus-"),
        ("Vries-999990032.toml", "casus-"),
        ("999.990.044/case.toml", "casus-"),
        ("9999 90 056.toml", "casus-"),
        ("99999006-8.toml", "casus-"),
        ("2026-99999-0032.toml", "casus-"),
        ("12 999_990_032.toml", "casus-"),
        ("2026-00002.toml", "2026-00002"),
        ("999990033.toml", "999990033"),
        ("9999900321.toml", "9999900321"),
        ("report.html.toml", "report.html-"),
        ("x" * 250 + ".toml", "x" * LONGEST_NAME),
    ],
)
def test_a_name_is_safe_on_every_disk(file: str, name: str) -> None:
    (made,) = names(Path("/dossiers") / file)

    assert made.startswith(name)
    assert made == name or name.endswith("-") or len(name) == LONGEST_NAME
    assert made.isascii()
    assert len(made) <= LONGEST_NAME


def test_cases_of_one_name_each_get_another_that_does_not_depend_on_the_order() -> None:
    one, other = Path("/regio 1/jan/case.toml"), Path("/regio 2/JAN/case.toml")
    made = names(one, other)

    assert len({name.lower() for name in made}) == 2
    assert all(name.lower().startswith("jan-") for name in made)
    assert names(other, one, Path("/regio 3/piet/case.toml"))[:2] == made


def test_cases_that_are_alike_in_their_last_folders_still_differ() -> None:
    made = names(Path("/noord/a/b/jan/case.toml"), Path("/zuid/a/b/jan/case.toml"))

    assert len(set(made)) == 2


def test_long_names_that_begin_alike_differ() -> None:
    made = names(Path(f"/d/{'x' * 200}1.toml"), Path(f"/d/{'x' * 200}2.toml"))

    assert len(set(made)) == 2
    assert all(len(name) <= LONGEST_NAME for name in made)


def test_the_same_case_twice_is_one_case(tmp_path: Path) -> None:
    file = put(tmp_path / "a/case.toml")
    (tmp_path / "link").symlink_to(tmp_path / "a")

    assert names(file, file, tmp_path / "a/../a/case.toml", tmp_path / "link/case.toml") == ["a"]


def test_a_link_is_called_what_it_is_called_and_not_what_it_leads_to(tmp_path: Path) -> None:
    real = put(tmp_path / "opslag/0001.toml")
    link = tmp_path / "jan/case.toml"
    link.parent.mkdir()
    link.symlink_to(real)
    gone = tmp_path / "piet/case.toml"
    gone.parent.mkdir()
    gone.symlink_to("weg.toml")

    assert names(link, gone) == ["jan", "piet"]
