"""The plain way to make a dossier, as people do it today: docxtpl, soffice, pypdf.

    python benchmarks/plain.py each|once|limit FOLDER

`each` starts soffice per document, `once` for all of them; `limit` lets rdocx lay out the Word
files that a build left in FOLDER, and does nothing else.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent


def render(folder: Path, case: Path = HERE / "examples/compleet/case.toml") -> list[Path]:
    """Fill the templates with docxtpl as its manual says, with the values of a case."""
    import jinja2  # noqa: PLC0415
    from docxtpl import DocxTemplate  # noqa: PLC0415

    from wvp_docs.case import load_case  # noqa: PLC0415
    from wvp_docs.context import Contexts  # noqa: PLC0415
    from wvp_docs.dossier import Dossier  # noqa: PLC0415
    from wvp_docs.library import load_library  # noqa: PLC0415

    dossier = Dossier(load_case(case), load_library(HERE / "forms"))
    contexts = Contexts(dossier, concept=False)
    made = []
    for document in dossier.documents:
        template = DocxTemplate(HERE / "templates" / f"{document.form.key}.docx")
        template.render(contexts.of(document), jinja2.Environment(autoescape=True))
        made.append(folder / f"{document.stem}.docx")
        template.save(made[-1])
    return made


def convert(folder: Path, groups: list[list[Path]]) -> None:
    for group in groups:
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = [
            "soffice",
            profile,
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            folder,
            *group,
        ]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def merge(folder: Path) -> None:
    from pypdf import PdfWriter  # noqa: PLC0415

    writer = PdfWriter()
    for pdf in sorted(folder.glob("[0-9]*.pdf")):
        writer.append(pdf)
    writer.write(folder / "bundle.pdf")


def main() -> None:
    way, folder = sys.argv[1], Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    if way == "limit":
        import rdocx  # noqa: PLC0415

        for path in sorted(folder.glob("word/*.docx")):
            rdocx.Document.from_bytes(path.read_bytes()).to_pdfa_deterministic()
        return
    made = render(folder)
    convert(folder, [made] if way == "once" else [[path] for path in made])
    merge(folder)


if __name__ == "__main__":
    main()
