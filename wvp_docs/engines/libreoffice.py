"""LibreOffice as engine: one start of `soffice` for all documents of a case.

Its exit code cannot be trusted: it ends with 0 when it made nothing, and makes a PDF of a text
file that is named .docx. What counts is what lies in the folder afterwards.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from wvp_docs.engines.base import place_of, require_pdf, require_word
from wvp_docs.errors import EngineError, EngineMissingError
from wvp_docs.scratch import scratch_folder

INSTALL = (
    "Installeer LibreOffice: apt install libreoffice-writer (Debian, Ubuntu), "
    "brew install --cask libreoffice (macOS), "
    "winget install TheDocumentFoundation.LibreOffice (Windows)."
)
# PDF/A-2b and tagged, like the built-in engine; measured to cost no time.
_FILTER = (
    'pdf:writer_pdf_Export:{"SelectPdfVersion":{"type":"long","value":"2"},'
    '"UseTaggedPDF":{"type":"boolean","value":"true"},'
    '"ExportBookmarks":{"type":"boolean","value":"true"}}'
)
_TO_DIE = 5
"""Seconds in which a program that was killed is gone."""
# LibreOffice's installers for Windows and macOS leave PATH alone.
_USUAL_PLACES = (
    r"C:\Program Files\LibreOffice\program\soffice.com",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.com",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "/usr/lib/libreoffice/program/soffice",
    "/opt/libreoffice/program/soffice",
)


class LibreOfficeEngine:
    """Converts with the LibreOffice of this machine.

    Args:
        timeout: seconds after which a conversion is stopped, for all documents together.
    """

    name = "libreoffice"

    def __init__(self, timeout: float = 120) -> None:
        self._timeout = timeout

    def available(self) -> bool:
        """Return whether LibreOffice is found on PATH or in its usual places."""
        return soffice() is not None

    def convert(self, documents: Sequence[bytes]) -> list[bytes]:
        """Return one PDF/A-2b for each Word document, in the same order."""
        program = soffice()
        if program is None:
            raise EngineMissingError("LibreOffice staat niet op deze computer.", hint=INSTALL)
        require_word(documents, self.name)
        if not documents:
            return []
        with scratch_folder() as folder:
            return self._convert_in(folder, program, documents)

    def _convert_in(self, folder: Path, program: str, documents: Sequence[bytes]) -> list[bytes]:
        sources = [folder / f"{index:04}.docx" for index in range(len(documents))]
        for source, document in zip(sources, documents, strict=True):
            source.write_bytes(document)
        said = self._run(
            [
                program,
                # Two runs on one profile end the second one, so every call has its own.
                f"-env:UserInstallation={(folder / 'profiel').as_uri()}",
                *("--headless", "--norestore", "--nolockcheck", "--nodefault"),
                *("--convert-to", _FILTER, "--outdir", str(folder / "pdf")),
                *map(str, sources),
            ],
            folder,
        )
        return [
            self._result(folder / "pdf" / f"{source.stem}.pdf", place_of(index, documents), said)
            for index, source in enumerate(sources)
        ]

    def _result(self, path: Path, where: str, said: str) -> bytes:
        if not path.is_file():
            raise EngineError(
                f"LibreOffice heeft van {where} geen PDF gemaakt. {said}".strip(),
                hint="Open het Word-bestand in LibreOffice om te zien wat eraan scheelt.",
            )
        pdf = path.read_bytes()
        require_pdf(pdf, where, "LibreOffice")
        return pdf

    def _run(self, command: list[str], folder: Path) -> str:
        """Run LibreOffice to its end and return what it said, for a message."""
        # A file and no pipe: a grandchild that lives on would hold a pipe open for ever.
        with (folder / "uitvoer.txt").open("w+b") as output:
            process = _start(command, output.fileno(), folder)
            try:
                code = process.wait(self._timeout)
            except subprocess.TimeoutExpired:
                raise EngineError(
                    f"LibreOffice was na {self._timeout:g} seconden niet klaar en is gestopt.",
                    hint="Probeer het opnieuw, of gebruik de ingebouwde omzetter: --engine rdocx.",
                ) from None
            finally:
                _stop(process)
            output.seek(0)
            said = output.read().decode("utf-8", "replace").strip()
        return f"LibreOffice eindigde met code {code}{': ' + said[-500:] if said else ''}."


def soffice() -> str | None:
    """Return the path of the LibreOffice program, or None when it is not there."""
    for name in ("soffice", "libreoffice", "soffice.com"):
        if found := shutil.which(name):
            return found
    return next((place for place in _USUAL_PLACES if Path(place).is_file()), None)


def _start(command: list[str], output: int, folder: Path) -> subprocess.Popen[bytes]:
    """Start LibreOffice at the head of a group of its own, so that all of it can be stopped."""
    # Its own scratch files too go into the folder, or they would stay when it is stopped.
    env = os.environ | dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(folder))
    try:
        if sys.platform == "win32":
            return subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                env=env,
                creationflags=subprocess.CREATE_NEW_PROCESS_GROUP,
            )
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            env=env,
            start_new_session=True,
        )
    except OSError as fault:
        raise EngineError(f"LibreOffice start niet: {fault}.", hint=INSTALL) from fault


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End LibreOffice and all it started: soffice is a wrapper around the real program."""
    if sys.platform == "win32":
        if process.poll() is None:
            kill = shutil.which("taskkill") or "taskkill"
            subprocess.run(
                [kill, "/F", "/T", "/PID", str(process.pid)], capture_output=True, check=False
            )
    else:
        # The group outlives its leader, so this also reaches what a dead wrapper left behind.
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    # Ctrl-C in the midst of `wait` can leave its lock shut, and to wait without end is to hang.
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(_TO_DIE)
