"""`explain`, and the rules in words that it reads."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from conftest import ROOT
from wvp_docs.cli import app, explain  # noqa: F401  it registers
from wvp_docs.errors import DefinitionError, ExitCode
from wvp_docs.rules import load_rules, rules_in

RULES = rules_in(ROOT / "forms")
SOUND = """
[[regel]]
code = "R999"
ernst = "fout"
titel = "Titel"
uitleg = "Uitleg."
bron = "Wet"
"""


def run(*args: str) -> Result:
    return CliRunner().invoke(app, ["explain", *args])


def test_without_a_code_every_rule_is_listed_in_order() -> None:
    listed = [line.split()[0] for line in run().stdout.splitlines()[1:]]

    assert listed == sorted(RULES)


@pytest.mark.parametrize("code", sorted(RULES))
def test_a_rule_is_shown_with_its_source_its_address_an_example_and_the_repair(code: str) -> None:
    rule, out = RULES[code], run(code).stdout

    assert f"{code}  {rule.titel} ({rule.ernst})" in out
    assert rule.adres in out
    assert rule.adres.startswith("https://") or code.startswith("S")  # those are our own
    for example in (rule.fout, rule.herstel):
        assert example.strip()
        assert all(f"    {line}" in out for line in example.strip().splitlines())


@pytest.mark.parametrize("typed", ["r080", "R80", "r80", "R080"])
def test_a_code_may_be_typed_in_small_letters_and_without_zeros(typed: str) -> None:
    assert run(typed).stdout.startswith("R080 ")


def test_an_unknown_code_gets_a_proposal_and_exits_2() -> None:
    result = run("R0800")

    assert result.exit_code == ExitCode.USAGE
    assert re.search(r"Bedoelde u R0\d\d\?", result.stderr)
    assert "Alle codes" in run("zzz").stderr


def test_json_gives_one_rule_or_all() -> None:
    one, every = json.loads(run("V003", "--format", "json").stdout), run("--format", "json")

    keys = ["code", "ernst", "titel", "uitleg", "bron", "adres", "zekerheid", "fout", "herstel"]
    assert list(one) == keys
    assert [rule["code"] for rule in json.loads(every.stdout)] == sorted(RULES)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("titel =", "titl =", "Bedoelde u titel?"),
        ('ernst = "fout"', 'ernst = "erg"', "waarschuwing"),
        ('bron = "Wet"', "", "bron ontbreekt"),
        ('bron = "Wet"', "bron = 3", "moet tekst zijn"),
        ('bron = "Wet"', 'bron = "Wet"\nzekerheid = "misschien"', "waarschijnlijk"),
        ('bron = "Wet"', "bron = \"Wet\"\nfout = 'a = = b'", "geen goede TOML"),
        ("[[regel]]", "[regel]", "[[regel]]"),
        ("[[regel]]", "[[regl]]", "regel"),
        ('bron = "Wet"', 'bron = "Wet', "aanhalingsteken"),
        ('bron = "Wet"', f'bron = "Wet"\n{SOUND}', "al uitgelegd"),
    ],
)
def test_a_broken_rule_is_refused_with_its_file(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    (tmp_path / "a.toml").write_text(SOUND.replace(old, new, 1), encoding="utf-8")

    with pytest.raises(DefinitionError) as fault:
        load_rules(tmp_path)
    assert "a.toml" in str(fault.value)
    assert said in f"{fault.value} {fault.value.hint}"


def test_definitions_without_rules_are_broken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "forms").mkdir()
    monkeypatch.setenv("WVP_DOCS_HOME", str(tmp_path))

    assert run().exit_code == ExitCode.DEFINITION
