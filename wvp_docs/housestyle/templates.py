"""A folder of Word templates of one's own: those that it has come before ours."""

from __future__ import annotations

from pathlib import PurePosixPath

from wvp_docs.beside import Beside, Trouble
from wvp_docs.errors import TemplateError

_OPEN_IN_WORD = "~$"


def templates_in(beside: Beside, folder: str) -> dict[str, bytes]:
    """Return the templates in a folder by the stem of their definition; none when it is not there.

    Raises:
        TemplateError: two of them are for one form, or one cannot be read.
    """
    found: dict[str, bytes] = {}
    names: dict[str, str] = {}
    for name in beside.names(folder):
        path = PurePosixPath(name)
        if path.suffix.lower() != ".docx" or path.name.startswith(_OPEN_IN_WORD):
            continue
        stem = path.stem.casefold().replace("-", "_").replace(" ", "_")
        if stem in found:
            raise TemplateError(
                f"Er zijn twee sjablonen voor hetzelfde formulier: {names[stem]} en {path.name}.",
                hint=f"Bewaar er één, als {stem}.docx.",
            )
        content = beside.read(name)
        if isinstance(content, Trouble):
            raise TemplateError(f"Sjabloon {path.name} {content.message}", hint=content.hint)
        found[stem], names[stem] = content, path.name
    return found
