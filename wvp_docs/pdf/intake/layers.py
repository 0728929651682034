"""Takes hidden layers out of a PDF: what the sender did not see may not turn up in the bundle.

Pages that move to another document leave the list of layers behind, and all of them would show.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeAlias

import pikepdf
from pikepdf import Array, ContentStreamInstruction, Dictionary, Name, ObjectSet, Operator, Pdf

from wvp_docs.pdf.intake.opening import named, word

Step: TypeAlias = ContentStreamInstruction | pikepdf.ContentStreamInlineImage

# Operators that paint or say something, and what keeps the rest in its place without them.
_PAINT = dict.fromkeys(("S", "s", "f", "F", "f*", "B", "B*", "b", "b*"), "n")
_PAINT |= {"Tj": "", "TJ": "", "Do": "", "sh": "", "INLINE IMAGE": "", "'": "T*", '"': "T*"}
_PAINT |= {"DP": "", "MP": ""}


def drop_hidden(pdf: Pdf) -> bool:
    """Take out, in place, what is on a hidden layer; return whether there was one.

    Raises:
        pikepdf.PdfError: a page that names a hidden layer cannot be read.
    """
    layers = pdf.Root.get("/OCProperties")
    if not isinstance(layers, Dictionary):
        return False
    hidden = _Hidden(layers)
    del pdf.Root.OCProperties
    if not len(hidden):
        return False
    found = False
    for page in pdf.pages:
        notes = page.obj.get("/Annots")
        if isinstance(notes, Array):
            kept = [note for note in notes if not hidden.is_owner(note)]
            found = found or len(kept) < len(notes)
            page.obj.Annots = Array(kept)
    for scope in pdf.content_scopes():
        found = _drop(pdf, scope, hidden) or found
    return found


class _Hidden:
    """The layers that are off when the document opens."""

    def __init__(self, layers: pikepdf.Object) -> None:
        self._off = ObjectSet()
        setting = layers.get("/D")
        setting = setting if isinstance(setting, Dictionary) else Dictionary()
        if setting.get("/BaseState") == Name.OFF:
            for group in _list(layers.get("/OCGs")):
                self._off.add(group)
            for group in _list(setting.get("/ON")):
                self._off.discard(group)
        for group in _list(setting.get("/OFF")):
            self._off.add(group)

    def __len__(self) -> int:
        return len(self._off)

    def is_owner(self, thing: object) -> bool:
        """Return whether a picture or an annotation is on a hidden layer."""
        return isinstance(thing, Dictionary | pikepdf.Stream) and self.holds(thing.get("/OC"))

    def holds(self, group: object) -> bool:
        """Return whether a layer, or what is made up of several, is off."""
        if not isinstance(group, Dictionary):
            return False
        members = group.get("/OCGs")
        if group.get("/Type") != Name.OCMD or members is None:
            return group in self._off
        off = [one in self._off for one in (_list(members) or [members])]
        policy = word(group.get("/P"))
        shown = {
            "/AllOn": not any(off),
            "/AnyOff": any(off),
            "/AllOff": all(off),
        }.get(policy, not all(off))
        return not shown


def _list(value: object) -> list[pikepdf.Object]:
    return [one for one in value if isinstance(one, Dictionary)] if isinstance(value, Array) else []


def _drop(pdf: Pdf, scope: pikepdf.ContentScope, hidden: _Hidden) -> bool:
    """Take what is hidden out of one piece of content; return whether there was any."""
    resources = scope.resources if scope.resources is not None else Dictionary()
    marked, drawn = (resources.get(key, Dictionary()) for key in ("/Properties", "/XObject"))
    if not any(hidden.holds(group) for _, group in marked.items()) and not any(
        hidden.is_owner(thing) for _, thing in drawn.items()
    ):
        return False
    before = pikepdf.parse_content_stream(scope.content)
    after = pikepdf.unparse_content_stream(list(_shown(before, marked, drawn, hidden)))
    if scope.kind == "page":
        scope.content.Contents = pdf.make_stream(after)
    else:
        scope.content.write(after)
    return True


def _shown(
    content: Iterable[Step], marked: pikepdf.Object, drawn: pikepdf.Object, hidden: _Hidden
) -> Iterator[Step]:
    """Yield the content without what is painted between the marks of a hidden layer.

    The state that is set there stays: what comes after it may lean on it. So do the marks, without
    what they say.
    """
    marks: list[bool] = []
    for step in content:
        does, given = word(step.operator), step.operands
        if does in {"BDC", "BMC"}:
            is_layer = len(given) > 1 and given[0] == Name.OC
            marks.append(is_layer and hidden.holds(named(marked, given)))
            if any(marks):
                yield ContentStreamInstruction([Name.OC], Operator("BMC"))
                continue
        elif does == "EMC" and marks:
            marks.pop()
        is_hidden_picture = does == "Do" and hidden.is_owner(named(drawn, given))
        if does in _PAINT and (any(marks) or is_hidden_picture):
            if _PAINT[does]:
                yield ContentStreamInstruction([], Operator(_PAINT[does]))
        else:
            yield step
