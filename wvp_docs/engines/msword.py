"""Microsoft Word as engine, through COM on Windows.

Not tested by us: no Windows machine with Word takes part in our tests.
"""

from __future__ import annotations

import importlib
import importlib.util
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from wvp_docs.engines.base import place_of, require_pdf, require_word
from wvp_docs.errors import EngineError, EngineMissingError
from wvp_docs.scratch import scratch_folder

# Names from Word's object model: WdExportFormat, WdExportCreateBookmarks, WdSaveOptions.
_EXPORT_PDF = 17
_HEADING_BOOKMARKS = 1
_DO_NOT_SAVE = 0


class WordEngine:
    """Converts with the Word of this machine; Windows only, untested."""

    name = "word"

    def available(self) -> bool:
        """Return whether this is Windows with pywin32; whether Word is there shows on use."""
        return sys.platform == "win32" and importlib.util.find_spec("win32com") is not None

    def convert(self, documents: Sequence[bytes]) -> list[bytes]:
        """Return one PDF/A for each Word document, in the same order."""
        if not self.available():
            raise EngineMissingError(
                "Word is niet te bereiken.",
                hint="Alleen op Windows met Microsoft Word: pip install pywin32.",
            )
        require_word(documents, self.name)
        with scratch_folder() as folder:
            word = self._open()
            try:
                return [
                    self._one(word, folder / f"{index:04}.docx", document, documents, index)
                    for index, document in enumerate(documents)
                ]
            finally:
                word.Quit(_DO_NOT_SAVE)

    def _open(self) -> Any:
        client = importlib.import_module("win32com.client")
        try:
            # DispatchEx, not Dispatch: never borrow the Word in which somebody is writing.
            word = client.DispatchEx("Word.Application")
        except Exception as fault:
            raise EngineMissingError("Word start niet.", hint="Is Word geïnstalleerd?") from fault
        word.DisplayAlerts = 0
        return word

    def _one(
        self, word: Any, path: Path, document: bytes, documents: Sequence[bytes], index: int
    ) -> bytes:
        where = place_of(index, documents)
        path.write_bytes(document)
        try:
            opened = word.Documents.Open(str(path), ReadOnly=True, AddToRecentFiles=False)
            try:
                opened.ExportAsFixedFormat(
                    str(path.with_suffix(".pdf")),
                    _EXPORT_PDF,
                    CreateBookmarks=_HEADING_BOOKMARKS,
                    DocStructureTags=True,
                    UseISO19005_1=True,
                )
            finally:
                opened.Close(_DO_NOT_SAVE)
            pdf = path.with_suffix(".pdf").read_bytes()
        except Exception as fault:
            raise EngineError(f"Word kan {where} niet omzetten: {fault}") from fault
        require_pdf(pdf, where, self.name)
        return pdf
