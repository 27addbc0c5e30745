"""A pack in every family's script: what is printed can be read back out of the PDF."""

from io import BytesIO
from pathlib import Path
from uuid import uuid4

import pytest
from pypdf import PdfReader

from resettle.packs.printing import printed
from resettle.packs.sections import Section, Summary
from resettle.web import vendoring

PACKS = Path(vendoring.__file__).parents[1] / "packs"
NAMES = {
    "Arabic": ("محمد", "الحلبي"),
    "Dari": ("زهرا", "حیدری"),
    "Burmese": ("မောင်မောင်", "ကျော်"),
    "Karen": ("နီၣ်ဖိ", "ဖၠုံ"),
    "Tigrinya": ("ኣብረሃም", "ገብረ"),
    "Ukrainian": ("Олена", "Ґалаґан"),
    "Māori": ("Māngere", "Tāmati"),
}


def a_summary(*lines: tuple[str, ...]) -> Summary:
    return Summary(
        reference="R-2025-0001",
        name="Haidari",
        facts=[("Stage", "Reception"), ("Arrived", "")],
        sections=[
            Section("People", ("Name", "Born"), lines),
            Section("Open tasks", ("Due", "Task"), []),
        ],
        people=[uuid4()],
    )


def text_of(content: bytes) -> str:
    found = "\n".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
    # A dot or a hook that is drawn by itself has no letter of its own.
    return "".join(c for c in found if c.isprintable() or c.isspace())


@pytest.mark.parametrize("script", NAMES)
def test_a_name_is_printed_in_its_own_script(script: str):
    given, family = NAMES[script]

    text = text_of(printed(a_summary((f"{given} {family}", "")), []))

    assert given in text
    assert family in text


def test_a_latin_word_within_arabic_stays_whole():
    text = text_of(printed(a_summary(("زهرا (Zahra) حیدری", "Sat 17 May 1990")), []))

    assert "Zahra" in text
    assert "Sat 17 May 1990" in text


def test_it_says_who_took_it_for_whom_and_nothing_where_there_is_nothing():
    text = text_of(printed(a_summary(), ["For: Rua, Nelson", "Purpose: A new caseworker"]))

    assert "For: Rua, Nelson" in text
    assert text.count("None.") == 2
    assert "Arrived" not in text
    assert "1/1" in text


def test_a_long_file_goes_on_over_pages_that_bear_the_reference_alone():
    lines = [(f"Line {number} " + "with many words " * 20, "") for number in range(80)]
    reader = PdfReader(BytesIO(printed(a_summary(*lines), [])))

    assert len(reader.pages) > 3
    assert "R-2025-0001" in reader.pages[-1].extract_text()
    assert reader.metadata is not None
    assert reader.metadata.title == "R-2025-0001"


@pytest.mark.parametrize(
    "package", vendoring.packages(PACKS / "vendor.toml"), ids=lambda package: package.name
)
def test_the_fonts_are_as_they_were_published(package: vendoring.Package):
    assert vendoring.altered(package, PACKS / "vendor") == []
