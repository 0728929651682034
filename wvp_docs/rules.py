"""The rules in words: what each code of a finding means, in `forms/regels/`.

Reads the data and refuses what it does not know; which case breaks a rule is for `checks`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from wvp_docs.errors import DefinitionError
from wvp_docs.findings import Severity
from wvp_docs.grammar import Grammar, Table, read

SEVERITIES = {
    "fout": Severity.ERROR,
    "waarschuwing": Severity.WARNING,
    "mededeling": Severity.INFO,
}
"""The words of `ernst`, each with what it means."""

CERTAINTIES = ("zeker", "waarschijnlijk", "onzeker")
"""How sure the source of a rule is."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule, as a person reads it.

    Attributes:
        code: that of its findings: `R031`.
        ernst: the word for how much it weighs when it weighs most.
        bron: where it stands, and `adres` where that can be read; an address may be missing.
        zekerheid: how sure that is.
        fout: a piece of a case, or of a template, that breaks it; `herstel` repairs that piece.
    """

    code: str
    ernst: str
    titel: str
    uitleg: str
    bron: str
    adres: str = ""
    zekerheid: str = CERTAINTIES[0]
    fout: str = ""
    herstel: str = ""

    @property
    def severity(self) -> Severity:
        """How much its findings weigh at most."""
        return SEVERITIES[self.ernst]

    def as_dict(self) -> dict[str, str]:
        """Return the public JSON shape: one flat object."""
        return {item.name: getattr(self, item.name) for item in fields(self)}


_KEYS = tuple(item.name for item in fields(Rule))
_REQUIRED = ("code", "ernst", "titel", "uitleg", "bron")


class _Reader(Grammar):
    """Turns the tables of one file into rules."""

    def rule(self, table: Table, at: int) -> Rule:
        where = str(table.get("code") or f"regel {at}")
        self.known(table, _KEYS, where)
        for key, value in table.items():
            if not isinstance(value, str):
                raise self.fail(where, f"{key} moet tekst zijn.")
        for key in _REQUIRED:
            if not table.get(key):
                raise self.fail(where, f"sleutel {key} ontbreekt.")
        self.word(table["ernst"], tuple(SEVERITIES), where)
        self.word(table.get("zekerheid", CERTAINTIES[0]), CERTAINTIES, where)
        is_about_a_case = not where.startswith("S")
        for key in ("fout", "herstel") if is_about_a_case else ():
            self.toml(table.get(key, ""), f"{where}: {key}")
        return Rule(**table)

    def word(self, word: str, known: tuple[str, ...], where: str) -> None:
        if word not in known:
            raise self.fail(where, f"onbekend woord {word!r}.", f"Kies uit: {', '.join(known)}.")

    def toml(self, text: str, where: str) -> None:
        try:
            tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise self.fail(where, f"het voorbeeld is geen goede TOML: {error}.") from error


def load_rules(folder: Path) -> Mapping[str, Rule]:
    """Return every rule in the folder by code, in the order of the codes.

    Raises:
        DefinitionError: a file is no TOML, says something unknown, or explains a code again.
    """
    rules: dict[str, Rule] = {}
    for path in sorted(folder.glob("*.toml")):
        table, reader = read(path), _Reader(f"{folder.name}/{path.name}")
        reader.known(table, ("regel",), "bestand")
        items = table.get("regel", [])
        if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
            raise reader.fail("bestand", "schrijf [[regel]] boven elke regel.")
        for at, item in enumerate(items, 1):
            rule = reader.rule(item, at)
            if rule.code in rules:
                raise reader.fail(rule.code, "deze code is al uitgelegd.")
            rules[rule.code] = rule
    return dict(sorted(rules.items()))


def rules_in(forms: Path) -> Mapping[str, Rule]:
    """Return the rules that go with the definitions in a folder.

    Raises:
        DefinitionError: they are missing, or one is broken.
    """
    rules = load_rules(forms / "regels")
    if not rules:
        raise DefinitionError(
            f"In {forms.name}/regels staat geen uitleg van de regels.",
            hint="Zet daar de map regels van wvp-docs neer, of installeer wvp-docs opnieuw.",
        )
    return rules
