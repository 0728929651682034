"""Spool: what is kept off the memory comes back to the byte, and nothing stays on the disk."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pikepdf
import pytest

from wvp_docs.errors import OutputError
from wvp_docs.pdf.document import open_pdf
from wvp_docs.pdf.spool import Spool

LARGE = bytes(range(251)) * 20_000


def test_several_files_in_one_spool_come_back_whole():
    spool = Spool()

    kept = [spool.keep(content, 1) for content in (b"een", LARGE, b"", b"drie")]

    assert [pdf.read() for pdf in kept] == [b"een", LARGE, b"", b"drie"]
    assert [pdf.size for pdf in kept] == [3, len(LARGE), 0, 4]
    assert kept[1].sha256 == hashlib.sha256(LARGE).hexdigest()


def test_the_pieces_are_small_and_together_the_whole():
    pieces = list(Spool().keep(LARGE, 1).chunks())

    assert b"".join(pieces) == LARGE
    assert max(map(len, pieces)) < 100_000


def test_a_file_in_a_spool_ends_where_it_ends():
    spool = Spool()
    first = spool.keep(b"eerste", 1)
    spool.keep(b"tweede", 1)

    with first.open() as file:
        assert (file.seek(-2, os.SEEK_END), file.read(), file.read(1)) == (4, b"te", b"")
        assert (file.seek(1), file.seek(2, os.SEEK_CUR), file.read(9)) == (1, 3, b"ste")


def test_a_pdf_can_be_read_while_another_is_written(tmp_path: Path):
    spool = Spool()
    with pikepdf.new() as pdf:
        for _ in range(3):
            pdf.add_blank_page()
            pdf.pages[-1].obj.Contents = pdf.make_stream(LARGE)
        pdf.save(tmp_path / "a.pdf")
    kept = spool.keep((tmp_path / "a.pdf").read_bytes(), 3)

    with open_pdf(kept) as source:
        copy = spool.write(source.save, 3)

    with open_pdf(copy) as found:
        streams = [page.obj.Contents.read_bytes() for page in found.pages]
    assert streams == [LARGE] * 3


def test_a_full_disk_is_said_with_a_way_out(monkeypatch: pytest.MonkeyPatch):
    spool = Spool()

    class Full(tempfile.SpooledTemporaryFile[bytes]):
        def write(self, _content: object) -> int:
            raise OSError(28, "No space left on device")

    with Full() as full, pikepdf.new() as pdf:
        monkeypatch.setattr(spool, "_file", full)
        pdf.add_blank_page()
        with pytest.raises(OutputError, match="de schijf is vol") as fault:
            spool.write(pdf.save, 1)
    assert "TMPDIR" in fault.value.hint


@pytest.mark.skipif(os.name == "nt", reason="the system says it in another way")
def test_a_process_that_is_killed_leaves_nothing_behind(tmp_path: Path):
    program = (
        "from wvp_docs.pdf.spool import Spool\n"
        "kept = Spool().keep(bytes(9_000_000), 1)\n"
        "print('klaar', flush=True)\n"
        "input()\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", program],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "TMPDIR": str(tmp_path)},
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"klaar\n"
    process.send_signal(signal.SIGKILL)
    process.communicate()

    assert list(tmp_path.iterdir()) == []
