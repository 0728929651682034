"""What a process of this machine does: one task after the other, until nobody asks any more."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import tempfile
import threading
import time
from contextlib import suppress
from multiprocessing import parent_process
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NoReturn

from wvp_docs.batch.work import Kit, definitions_of

GRACE = 5.0
"""Seconds in which a process that must stop may put away what it has on the disk."""

_PAUSE = 0.05


def serve(pipe: Connection[Any, Any], kit: Kit, memory: int, scratch: Path) -> None:
    """Tell of each task that comes that it begins, and then what came of it.

    Args:
        pipe: the tasks come from here; it breaks when nobody asks any more.
        kit: with what the cases are made.
        memory: the most bytes that this process may ask; 0: no limit. Not on Windows.
        scratch: the folder for what must lie on the disk for a moment.
    """
    try:
        _get_ready(kit, memory, scratch)
        while True:
            job = pipe.recv()
            pipe.send(None)
            pipe.send(job())
    except MemoryError as error:
        with suppress(MemoryError, OSError):
            pipe.send(error)
    except (EOFError, OSError):
        pass
    finally:
        if (parent := parent_process()) and not parent.is_alive():
            shutil.rmtree(scratch, ignore_errors=True)


def _get_ready(kit: Kit, memory: int, scratch: Path) -> None:
    """Load what every case needs, and set the limits of this process."""
    tempfile.tempdir = str(scratch)
    # Ctrl-C is for the process that gives the orders, which kept it from us until here.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform != "win32":
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    stop = _Stop()
    signal.signal(signal.SIGTERM, stop)
    sys.unraisablehook = stop.hear_what_was_lost
    threading.Thread(target=_go_with_parent, daemon=True).start()
    if memory:
        with suppress(ImportError, ValueError, OSError):
            import resource  # noqa: PLC0415  not on Windows

            resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    with suppress(Exception):  # what is wrong with the definitions is said of each case
        definitions_of(kit)


class _Stop:
    """Ends this process, which puts away what it makes: a converter that runs, and its files."""

    def __init__(self) -> None:
        self._is_asked = False

    def __call__(self, *_: object) -> None:
        # Once: the next signal would break off just that.
        if not self._is_asked:
            self._is_asked = True
            sys.exit(1)

    def hear_what_was_lost(self, lost: sys.UnraisableHookArgs) -> None:
        """Ask again when the first time was in the midst of a finalizer, which ends by nothing."""
        if lost.exc_type is SystemExit:
            threading.Timer(_PAUSE, self._insist).start()
        else:
            sys.__unraisablehook__(lost)

    def _insist(self) -> None:
        self._is_asked = False
        os.kill(os.getpid(), signal.SIGTERM)


def _go_with_parent() -> NoReturn:
    """End this process when the one that started it is gone, however that ended."""
    if parent := parent_process():
        parent.join()
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE)
    os._exit(1)
