"""Which field a column is about: proposed from its name, and sure only when it fits one."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

from wvp_docs.exchange.own_overview import ALSO_OURS, OwnColumns
from wvp_docs.exchange.targets import Target
from wvp_docs.exchange.words import Words
from wvp_docs.forms import Library
from wvp_docs.lexicon import Lexicon

STAFF_NUMBER = "personeelsnummer"
"""A column that says who a row is about and comes into no case."""

_LIKE = 0.86
_AT_LEAST = 5
"""Letters: of shorter names each is like another."""
_AT_MOST = 6
"""Fields: a name that fits more of them says nothing."""
_GROUP_AND_FIELD = 2


class Fit(Enum):
    """How a column fits its field."""

    SURE = "zeker"
    UNSURE = "onzeker"
    NONE = "geen"
    MEDICAL = "medisch"


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a column is about.

    Attributes:
        path: of the target, or `STAFF_NUMBER`; empty when it fits none.
        others: further targets that it may be.
        why: what a person should know, as a sentence; may be empty.
    """

    fit: Fit
    path: str = ""
    others: tuple[str, ...] = ()
    why: str = ""


class Names:
    """Knows every name of every target."""

    def __init__(
        self, targets: Mapping[str, Target], library: Library, words: Words, lexicon: Lexicon
    ) -> None:
        self.targets = targets
        self.words = words
        self.lexicon = lexicon
        self.own = OwnColumns(library.terms.duties, words)
        self._tables = self._table_names(library)
        self._full, self._bare, self._listed = self._names()

    def propose(self, title: str, sheet: str) -> Proposal:
        """Return what a column with this title on this sheet is about."""
        name = self.words.normal(title)
        if within := self._within(sheet).get(name):
            return Proposal(Fit.SURE, within)
        if self.is_medical(title):
            return Proposal(Fit.MEDICAL)
        if name in self.words.numbers:
            return Proposal(Fit.SURE, STAFF_NUMBER)
        if len(paths := self._full.get(name, [])) == 1:
            is_step = self.own.is_step(title)
            fit, why = (Fit.UNSURE, ALSO_OURS) if is_step else (Fit.SURE, "")
            return Proposal(fit, paths[0], (), why)
        if reason := self.words.no_field.get(name):
            return Proposal(Fit.NONE, why=reason)
        likely = [
            *self.words.maybe.get(name, ()),
            *sorted(self._bare.get(name, ()), key=self._rank),
        ]
        is_sure = likely == self._bare.get(name)
        likely = likely or self._listed.get(name, []) or self._alike(name)
        return self._likely(likely, is_sure=is_sure)

    def is_medical(self, title: str) -> bool:
        """Return whether a column asks what an employer may not keep, going by its title."""
        name = self.words.normal(title)
        known = name in self._full or name in self._bare
        hit = any(self.lexicon.hits(title, attachment=True))
        return name in self.words.medical or (hit and not known)

    def is_known(self, title: str, sheet: str) -> bool:
        """Return whether a title is the name of something: a row of these is the header."""
        name, words = self.words.normal(title), self.words
        places = (self._full, self._bare, self._within(sheet), words.maybe, words.no_field)
        return any(name in it for it in (*places, words.numbers, words.medical))

    def _likely(self, paths: Iterable[str], *, is_sure: bool) -> Proposal:
        known = [path for path in dict.fromkeys(paths) if path in self.targets]
        if not 0 < len(known) <= _AT_MOST:
            return Proposal(Fit.NONE)
        if is_sure and len(known) == 1:
            return Proposal(Fit.SURE, known[0])
        return Proposal(Fit.UNSURE, known[0], tuple(known[1:]))

    def _alike(self, name: str) -> list[str]:
        """Return the targets with the name nearest to a misspelt one."""
        if len(name) < _AT_LEAST:
            return []
        names = {**self._bare, **self._full}
        close = difflib.get_close_matches(name, names, n=1, cutoff=_LIKE)
        return names[close[0]] if close else []

    def _rank(self, path: str) -> int:
        group = path.partition(".")[0].partition("[")[0]
        groups = self.words.preferred
        return groups.index(group) if group in groups else len(groups)

    def _within(self, sheet: str) -> Mapping[str, str]:
        """Return the bare names of the table that a sheet is called after."""
        table = self._tables.get(self.words.normal(sheet))
        found: dict[str, str] = {}
        for path, target in self.targets.items():
            if table and table in (target.list_path, ".".join(target.name[:-1])):
                for name in (target.field.naam, target.field.label):
                    found.setdefault(self.words.normal(name), path)
        return found

    def _table_names(self, library: Library) -> dict[str, str]:
        """Return what a sheet may be called, to the path of its table."""
        found = dict(self.words.sheets)
        lists = {target.list_path: target.part for target in self.targets.values() if target.table}
        forms = {form.key: form.titel for form in library.forms.values()}
        for path, title in {**forms, **lists}.items():
            for name in (path, path.rpartition(".")[2], title):
                found.setdefault(self.words.normal(name), path)
        return found

    def _names(self) -> tuple[dict[str, list[str]], ...]:
        """Return names to paths: those that say what they are part of, bare ones, and of lists."""
        full: dict[str, list[str]] = {}
        bare: dict[str, list[str]] = {}
        listed: dict[str, list[str]] = {}
        for path, target in self.targets.items():
            names = (target.field.naam, target.field.label)
            around = [f"{target.part} {name}" for name in names]
            around += [f"{name} {target.part}" for name in names]
            for name in (path.replace("[]", ""), *around):
                _add(full, self.words.normal(name), path)
            if target.table or len(target.name) == _GROUP_AND_FIELD:
                for name in names:
                    _add(listed if target.table else bare, self.words.normal(name), path)
        for name, paths in self.words.sure.items():
            full[name] = [path for path in paths if path in self.targets]
        return full, bare, listed


def _add(names: dict[str, list[str]], name: str, path: str) -> None:
    paths = names.setdefault(name, [])
    if path not in paths:
        paths.append(path)
