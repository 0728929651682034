"""The bundle as one wants it: numbers that stay, double-sided, for an archive."""

from __future__ import annotations

import json
from pathlib import Path

import pikepdf
import pytest

import hostile_paper as paper
from packages import attach, build, names, one_line
from wvp_docs.errors import OutputError
from wvp_docs.options import Extras
from wvp_docs.sets.packages import Wishes
from wvp_docs.verify import verify


def labels(pdf: Path) -> list[str]:
    with pikepdf.open(pdf) as document:
        return [str(page.label) for page in document.pages]


def starts(out: Path) -> dict[str, str]:
    """Return the page on which each part of the bundle starts, by its title."""
    manifest = json.loads((out / "manifest.json").read_bytes())
    return {row["title"]: row["pages"][0] for row in manifest["bundles"]["wia-bundel.pdf"]}


def test_what_comes_late_is_numbered_between_and_the_rest_stays(case: Path) -> None:
    out = build(case, case.parent / "uit", Extras()).out
    before, old = starts(out), labels(out / "wia-bundel.pdf")
    attach(case, "rapport.pdf", paper.plain(2), soort="arbeidsdeskundig_rapport", titel="Rapport")
    attach(case, "brief.pdf", paper.plain(), soort="correspondentie", titel="Brief")
    build(case, out, Extras(keeps_numbers=True))
    after = starts(out)

    assert {title: after[title] for title in before} == before
    new = [label for label in labels(out / "wia-bundel.pdf") if label not in old]
    assert new[0] == f"{old[-1]}A"
    assert len(set(labels(out / "wia-bundel.pdf"))) == len(old) + 5
    assert after["Rapport"] in one_line(out / "wia-bundel.pdf")
    assert not verify(out).differences


def test_a_paper_of_others_keeps_its_number_and_name_when_an_older_one_comes_late(
    case: Path,
) -> None:
    attach(case, "advies.pdf", paper.signed(paper.plain()), titel="Advies")
    out = build(case, case.parent / "uit").out
    (loose,) = names(out / "bijlagen")
    attach(case, "ouder.pdf", paper.signed(paper.plain(2)), titel="Ouder")
    text = case.read_text(encoding="utf-8")
    case.write_text(
        text[: text.rindex("datum = 2026-11-01")]
        + text[text.rindex("datum = 2026-11-01") :].replace("2026-11-01", "2026-10-20"),
        encoding="utf-8",
    )
    build(case, out, Extras(packages=Wishes(), keeps_numbers=True))

    rows = json.loads((out / "manifest.json").read_bytes())["bundles"]["wia-bundel.pdf"]
    numbers = {row["title"]: row["number"] for row in rows}
    assert (numbers["Advies"], numbers["Ouder"]) == ("9a", "9b")
    assert names(out / "bijlagen") == [loose, "11b-overig_2026-10-20.pdf"]
    assert not verify(out).differences


def test_a_number_in_a_manifest_that_is_none_of_ours_names_no_file(case: Path) -> None:
    attach(case, "advies.pdf", paper.signed(paper.plain()), titel="Advies")
    out = build(case, case.parent / "uit").out
    account = (out / "manifest.json").read_text(encoding="utf-8")
    (out / "manifest.json").write_text(account.replace('"9a"', '"9/../../x"'), encoding="utf-8")
    build(case, out, Extras(packages=Wishes(), keeps_numbers=True))

    assert names(out / "bijlagen") == ["11a-overig_2026-11-01.pdf"]


def test_bundle_and_copy_bear_the_same_numbers_whatever_was_made_between(case: Path) -> None:
    keeping = Extras(packages=Wishes(), keeps_numbers=True)
    out = build(case, case.parent / "uit").out
    attach(case, "rapport.pdf", paper.plain(2), soort="arbeidsdeskundig_rapport", titel="Rapport")
    build(case, out, Extras(keeps_numbers=True))
    build(case, out, keeping)
    bundle, copy = (
        labels(out / name) for name in ("wia-bundel.pdf", "werknemer/kopie-dossier.pdf")
    )

    assert bundle == copy
    assert not all(label.isdigit() for label in copy)


def test_who_numbers_anew_is_told_how_to_keep_the_numbers(case: Path) -> None:
    out = build(case, case.parent / "uit", Extras()).out
    attach(case, "rapport.pdf", paper.plain(), titel="Rapport")
    assert not build(case, out, Extras(keeps_numbers=True)).notes

    assert "--vaste-nummers" in build(case, out, Extras()).notes[0]
    assert not build(case, out, Extras()).notes


def test_a_manifest_that_was_spoilt_gives_no_wrong_numbers(case: Path) -> None:
    out = build(case, case.parent / "uit", Extras()).out
    (out / "manifest.json").write_text("{}", encoding="utf-8")

    with pytest.raises(OutputError, match=r"manifest\.json") as refused:
        build(case, out, Extras(keeps_numbers=True))
    assert "zonder --vaste-nummers" in refused.value.hint


def test_double_sided_every_part_starts_on_a_right_hand_page(case: Path) -> None:
    attach(case, "rapport.pdf", paper.plain(2), titel="Rapport")
    out = build(case, case.parent / "uit", Extras(double_sided=True)).out

    assert all(int(label) % 2 for label in starts(out).values())


def test_the_same_case_gives_the_same_bytes(case: Path) -> None:
    attach(case, "rapport.pdf", paper.plain(2), titel="Rapport")
    one, two = (build(case, case.parent / name).out for name in ("een", "twee"))

    for path in one.rglob("*"):
        if path.is_file():
            assert path.read_bytes() == (two / path.relative_to(one)).read_bytes(), path.name


def test_the_bundle_can_be_made_for_an_archive(case: Path) -> None:
    attach(case, "scan.jpg", paper.saved(paper.photo(), "JPEG"))
    out = build(case, case.parent / "uit", Extras(archive=True)).out

    with pikepdf.open(out / "wia-bundel.pdf") as bundle, bundle.open_metadata() as said:
        assert said.pdfa_status == "2B"
    assert not verify(out).differences


def test_what_no_archive_takes_is_named_with_its_page_and_nothing_is_claimed(
    case: Path,
) -> None:
    attach(case, "stuk.pdf", paper.plain())  # its font is not in the file
    result = build(case, case.parent / "uit", Extras(archive=True))
    (finding,) = (f for f in result.findings if f.code == "V007")

    assert finding.path == "bijlage[0].bestand"
    assert f"bladzijde {result.pages}: " in finding.message
    with pikepdf.open(result.out / "wia-bundel.pdf") as bundle, bundle.open_metadata() as said:
        assert said.pdfa_status == ""
