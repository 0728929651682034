"""PDFs kept off the memory, in a file without a name that is gone when the process is."""

from __future__ import annotations

import io
import os
import weakref
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING, BinaryIO

from wvp_docs.errors import OutputError, reason

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer, WriteableBuffer

_IN_MEMORY = 4_000_000
"""Bytes up to which nothing goes to the disk: a dossier without large scans stays under it."""
_CHUNK = 1 << 16


class Spool:
    """One file for any number of PDFs, one after the other; it goes when the last of them goes.

    One file and not one for each: a process may have only some hundreds of them open. Nobody else
    can open it by name, and the system takes it away when the process is killed, so nothing of
    the case stays behind. For one thread.
    """

    def __init__(self) -> None:
        self._file = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115  lives as long as this does
        self._end = 0
        weakref.finalize(self, self._file.close)

    def keep(self, content: bytes, pages: int) -> Spooled:
        """Return the PDF, kept here."""
        return self.write(lambda target: target.write(content), pages)

    def write(self, save: Callable[[BinaryIO], object], pages: int) -> Spooled:
        """Return the PDF that `save` writes into the file it is given, and keep it here.

        Raises:
            OutputError: if the disk is full.
        """
        start, target = self._end, _Target(self)
        with io.BufferedWriter(target, _CHUNK) as buffered:
            save(buffered)
        return Spooled(self, start, self._end - start, target.hash.hexdigest(), pages)

    def open(self, start: int, size: int) -> BinaryIO:
        """Return a stretch of the file as a file of its own; it needs no closing."""
        return io.BufferedReader(_Source(self, start, size), _CHUNK)

    def read_at(self, place: int, size: int) -> bytes:
        """Return these bytes of the file, fewer at its end."""
        self._file.seek(place)
        return self._file.read(size)

    def append(self, content: ReadableBuffer) -> int:
        """Add bytes at the end and return how many.

        Raises:
            OutputError: if the disk is full.
        """
        try:
            self._file.seek(self._end)
            size = self._file.write(content)
        except OSError as error:
            raise OutputError(
                f"In de map voor tijdelijke bestanden kan niet worden geschreven: {reason(error)}.",
                hint="Maak ruimte op die schijf, of noem een andere map in TMPDIR.",
            ) from error
        self._end += size
        return size


@dataclass(frozen=True, slots=True)
class Spooled:
    """A finished PDF that is kept in a spool.

    Attributes:
        start: its place there.
        size: in bytes.
        sha256: in hexadecimal.
    """

    spool: Spool
    start: int
    size: int
    sha256: str
    pages: int

    def open(self) -> BinaryIO:
        """Return the PDF as a file, read only as far as it is asked for; it needs no closing."""
        return self.spool.open(self.start, self.size)

    def read(self) -> bytes:
        """Return the whole PDF at once; `chunks` takes less memory."""
        return self.spool.read_at(self.start, self.size)

    def chunks(self) -> Iterator[bytes]:
        """Yield the PDF piece by piece."""
        source = self.open()
        while chunk := source.read(_CHUNK):
            yield chunk


class _Source(io.RawIOBase):
    """A stretch of a spool as a file of its own."""

    def __init__(self, spool: Spool, start: int, size: int) -> None:
        self._spool, self._start, self._size = spool, start, size
        self._place = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._place, os.SEEK_END: self._size}[whence]
        self._place = base + offset
        return self._place

    def tell(self) -> int:
        return self._place

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer).cast("B")
        size = max(0, min(len(view), self._size - self._place))
        found = self._spool.read_at(self._start + self._place, size)
        view[: len(found)] = found
        self._place += len(found)
        return len(found)


class _Target(io.RawIOBase):
    """The end of a spool as a file to write, with the hash of what was written."""

    def __init__(self, spool: Spool) -> None:
        self._spool = spool
        self.hash = sha256()

    def writable(self) -> bool:
        return True

    def write(self, content: ReadableBuffer) -> int:
        self.hash.update(content)
        return self._spool.append(content)
