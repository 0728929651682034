"""One run at a time into a folder: two would put their results over each other's."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from wvp_docs.errors import OutputError, reason
from wvp_docs.output import write_files

LOCK = ".wvp-docs-bezig"
"""Of a folder for results; a run that was killed may leave it, and then it holds nobody up."""

_NO_LOCKS = frozenset({errno.ENOSYS, errno.ENOLCK, errno.EOPNOTSUPP})


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Keep every other run out of a folder, which is made, and goes again when it stays empty.

    The system holds the lock, of this process and, on a share that can, of other computers; it is
    gone with the process, however that ends. Where a disk has no locks, nobody is kept out.

    Raises:
        OutputError: another run is in it, or nothing can be written into it.
    """
    from filelock import FileLock, Timeout  # noqa: PLC0415  only a batch holds a folder

    made = [it for it in (folder, *folder.parents) if not it.exists()]
    write_files(folder, {})
    path = folder / LOCK
    # A lock that is only a file would stay behind after a power cut.
    lock = FileLock(path, mode=0o600, timeout=0, fallback_to_soft=False)
    try:
        lock.acquire()
    except Timeout as error:
        raise OutputError(
            f"In {folder} is al een run bezig.",
            hint="Wacht tot die klaar is, of kies een andere map met -o.",
        ) from error
    except OSError as error:
        if error.errno not in _NO_LOCKS:
            raise OutputError(
                f"{path} kan niet worden geschreven: {reason(error)}.",
                hint="Kies een map waarin u mag schrijven.",
            ) from error
    try:
        yield
    finally:
        with suppress(OSError):  # on Windows it goes with the lock
            path.unlink()
        lock.release()
        with suppress(OSError):
            for it in made:
                it.rmdir()
