"""What the field book says, made from the definitions; how it looks is for others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass

from wvp_docs.fields import Field
from wvp_docs.forms import Library
from wvp_docs.kinds import BOX_OFF, BOX_ON
from wvp_docs.vocabulary import OTHERS, Name, Shape, Vocabulary, vocabulary

_MADE = {
    "persoonsnaam": "M.J. van Dijk",
    "persoonsnaam.met_aanhef": "mevrouw Van Dijk",
    "ziekteweek": "week 6",
    "kenmerk": "WVP-2024-01-15",
}
"""Examples of what nobody types."""
_TABLE = "tabel"
"""The kind of an entry with a row to repeat."""
_CELL_END = " | "
"""What stands between the cells of a row to repeat, where no table can be drawn."""
_ALWAYS, _SOMETIMES = "ja", "soms"


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing to put on a form.

    Attributes:
        tag: to copy into Word; of a choice every box, of a table the three rows of a loop.
        label: the question.
        soort: the kind of answer.
        voorbeeld: as it would be printed.
        verplicht: `ja`, `soms` or empty.
        formulieren: keys of the forms that ask it; empty: those that can name it at all.
    """

    tag: str
    label: str
    soort: str
    voorbeeld: str = ""
    verplicht: str = ""
    formulieren: tuple[str, ...] = ()

    @property
    def rows(self) -> list[list[str]]:
        """The cells of each row of a loop; none of what is no table."""
        lines = self.tag.split("\n") if self.soort == _TABLE else ()
        return [line.split(_CELL_END) for line in lines]

    def as_dict(self) -> dict[str, object]:
        """Return the public JSON shape: one flat object."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Section:
    """Entries that belong together, under a title."""

    titel: str
    entries: tuple[Entry, ...]


def field_book(library: Library, key: str = "") -> tuple[Section, ...]:
    """Return what can be put on the form, or on every form: own fields first.

    Args:
        library: the definitions.
        key: of a form, or `_brief` and the like; empty: all of them.

    Raises:
        KeyError: there is no such form.
    """
    stems = [key] if key else [*library.forms, *OTHERS]
    asked = _asked(library)
    sections, shared = [], dict[str, Name]()
    for stem in stems:
        known = {path: it for path, it in vocabulary(stem, library).items() if _may_be_seen(it)}
        own = {path: it for path, it in known.items() if _root(path) not in _everywhere(library)}
        titel = OTHERS.get(stem) or library.forms[stem].titel
        sections.append(Section(titel, tuple(_entries(own, asked))))
        shared.update((path, it) for path, it in known.items() if path not in own)
    for root, titel in _everywhere(library).items():
        its = {path: it for path, it in shared.items() if _root(path) == root}
        sections.append(Section(f"Op elk formulier: {titel}", tuple(_entries(its, asked))))
    return tuple(section for section in sections if section.entries)


def _may_be_seen(name: Name) -> bool:
    """Return whether it is none of what the employer may not see: no form prints that."""
    return not (name.field and name.field.medisch)


def _everywhere(library: Library) -> Mapping[str, str]:
    groups = {group.key: group.titel for group in library.groups.values()}
    return {"document": "Het document", **groups}


def _root(path: str) -> str:
    return path.partition(".")[0].removesuffix("[]")


def _asked(library: Library) -> Mapping[str, tuple[str, ...]]:
    """Return which forms ask what, by path."""
    found: dict[str, tuple[str, ...]] = {}
    for form in library.forms.values():
        for field in form.fields():
            found[field.path] = (*found.get(field.path, ()), form.key)
    return found


def _entries(known: Vocabulary, asked: Mapping[str, tuple[str, ...]]) -> Iterator[Entry]:
    for name in known.values():
        if "[]" in name.path or name.shape in (Shape.GROUP, Shape.BOX):
            continue
        forms = asked.get(name.answer) or asked.get(name.answer.rpartition(".")[0], ())
        verplicht = _required(name.field) if name.field else ""
        if name.shape is Shape.ROWS:
            columns = [it for path, it in known.items() if path.startswith(f"{name.path}[].")]
            yield Entry(_loop(name.path, columns), name.label, _TABLE, "", verplicht, forms)
            continue
        is_typed = name.field is not None and not name.field.kind.derived
        soort = name.field.soort if name.field and is_typed else "afgeleid"
        yield Entry(_tag(name.path), name.label, soort, _example(name), verplicht, forms)
        boxes = [it for path, it in known.items() if path.rpartition(".")[0] == name.path]
        if name.field and (boxes := [it for it in boxes if it.shape is Shape.BOX]):
            tags, shown = _boxes(name.field, boxes)
            yield Entry(tags, f"{name.label}: vakjes", "vakjes", shown, verplicht, forms)


def _tag(path: str) -> str:
    return "{{ " + path + " }}"


def _required(field: Field) -> str:
    return _SOMETIMES if field.voorwaarde else _ALWAYS if field.verplicht else ""


def _loop(path: str, columns: Sequence[Name]) -> str:
    """Return a row to repeat, each line a row of a table in Word."""
    cells = [
        _tag(f"rij.{it.path.removeprefix(f'{path}[].')}")
        for it in columns
        if "." not in it.path.removeprefix(f"{path}[].")
    ]
    return f"{{%tr for rij in {path} %}}\n{_CELL_END.join(cells)}\n{{%tr endfor %}}"


def _boxes(field: Field, boxes: Sequence[Name]) -> tuple[str, str]:
    keys = [it.path.rpartition(".")[2] for it in boxes]
    words = [field.opties.get(key, key) for key in keys]
    chosen = _chosen(field)
    tags = [f"{_tag(it.path)} {word}" for it, word in zip(boxes, words, strict=True)]
    shown = [
        f"{BOX_ON if key in chosen else BOX_OFF} {word}"
        for key, word in zip(keys, words, strict=True)
    ]
    return "\n".join(tags), "\n".join(shown)


def _chosen(field: Field) -> Sequence[object]:
    if field.soort == "ja_nee":
        return ("ja",) if field.voorbeeld else ("nee",)
    return field.voorbeeld if isinstance(field.voorbeeld, list) else (field.voorbeeld,)


def _example(name: Name) -> str:
    """Return how the example of a definition would be printed."""
    field = name.field
    if field is None:
        return _MADE.get(name.path.rpartition(".")[2], "")
    face = name.path.rpartition(".")[2] if name.path != name.answer else ""
    is_face = face in ("voluit", "met_aanhef")
    if field.soort in _MADE:
        return _MADE[f"{field.soort}.{face}" if is_face else field.soort]
    value = field.voorbeeld
    if value in (None, "") or field.kind.problem(value, field.opties):
        return ""
    shown = field.kind.faces(value, field.opties).get(face) if is_face else None
    return shown or field.kind.show(value, field.opties).strip()
