"""Files on paper: tagged, in every family's script, and nobody's words taken for anything else."""

import json
import sys
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from subprocess import run

import pytest

from resettle.core.errors import Conflict
from resettle.web import paper, vendoring
from resettle.web.paper import Bars, Facts, Paper, Part, Table, Words, printed, setting
from tests.papers import drawn, kinds, opened, pictures, spoken, tags, text_of

# A bracket turns round where the direction does; on which side it stands is another question.
MIRRORED = str.maketrans("()", "||")
FOLDER = Path(paper.__file__).parent
NAMES = {
    "Arabic": ("محمد", "الحلبي"),
    "Dari": ("زهرا", "حیدری"),
    "Burmese": ("မောင်မောင်", "ကျော်"),
    "Karen": ("နီၣ်ဖိ", "ဖၠုံ"),
    "Tigrinya": ("ኣብረሃም", "ገብረ"),
    "Ukrainian": ("Олена", "Ґалаґан"),
    "Māori": ("Māngere", "Tāmati"),
}
SIGNS = ('#read("/etc/passwd")', "*x* _y_", "$1 and $2", "<a href=x>", "[b] {c}", "// @d `e` \\f")


def a_paper(*parts: Part, **changed: object) -> Paper:
    plain = Paper(
        title="R-2025-0001",
        heading="R-2025-0001  Haidari",
        lines=[],
        parts=parts,
        made_at=datetime(2026, 3, 2, 9, tzinfo=UTC),
    )
    return replace(plain, **changed)


def a_table(*lines: tuple[str, ...]) -> Part:
    return Part("People", [Table(("Name", "Born"), lines)])


def words_of(told: Paper) -> str:
    return text_of(printed(told))


@pytest.fixture(scope="module")
def content():
    """Set one file with everything that a file may hold, and a name in every script."""
    bars = Bars("Bars by town: Nelson, 3.", [("Nelson", "3", 100.0), ("Levin", "S", 0.0)])
    names = [(f"{given} {family}", "") for given, family in NAMES.values()]
    return printed(
        a_paper(
            Part("People", [Table(("Name", "Born"), names)]),
            Part("Where things stand", [Facts([("Stage", "Reception")])]),
            Part("Towns", [Words("Counted by town."), bars]),
            lines=["For: Rua, Nelson"],
        )
    )


class TestReadAloud:
    def test_it_has_a_title_that_is_shown_and_a_language(self, content):
        root = opened(content).trailer["/Root"]

        assert opened(content).metadata.title == "R-2025-0001"
        assert root["/ViewerPreferences"]["/DisplayDocTitle"]
        assert root["/Lang"] == "en-NZ"
        assert root["/MarkInfo"]["/Marked"]

    def test_it_says_that_it_is_accessible(self, content):
        told = opened(content).trailer["/Root"]["/Metadata"].get_object().get_data()

        assert b"<pdfuaid:part>1</pdfuaid:part>" in told

    def test_headings_are_headings_and_readers_leap_to_them(self, content):
        assert kinds(content)[:2] == ["Document", "Title"]
        assert kinds(content).count("H1") == 3
        assert [part.title for part in opened(content).outline] == [
            "People",
            "Where things stand",
            "Towns",
        ]

    def test_a_table_has_heads_that_its_cells_name(self, content):
        told = [*tags(content)]

        assert [kind for kind, _ in told].count("TH") == 2
        cells = [each["/A"][0]["/Headers"] for kind, each in told if kind == "TD"]
        assert [len(heads) for heads in cells] == [1, 1] * len(NAMES)

    def test_facts_are_a_list_of_names_with_what_is_said(self, content):
        assert kinds(content).count("Lbl") == kinds(content).count("LBody") == 1

    def test_a_picture_is_told_in_words(self, content):
        assert pictures(content) == ["Bars by town: Nelson, 3."]

    @pytest.mark.parametrize("script", NAMES)
    def test_a_name_is_told_in_its_own_script(self, content, script: str):
        assert " ".join(NAMES[script]) in spoken(content)


@pytest.mark.parametrize(
    "text",
    [
        "سلام Zahra خوش آمدید 12 مارس",
        "Zahra سلام Omid خوش",
        "English مرحبا text",
        "نام (Zahra Haidari) و «Omid»",
        "R-2026-0001، خانواده",
        " ".join(["سلام Zahra خوش آمدید به نیوزیلند"] * 6),
    ],
)
def test_words_of_both_directions_are_told_in_the_order_in_which_they_are_read(text):
    assert text in spoken(printed(a_paper(Part("Said", [Words(text)]), language="fa-AF")))


@pytest.mark.parametrize(
    ("text", "from_the_left"),
    [
        ("هاتف: +64 21-555-6624 (جوال)", ")لاوج( +64 21-555-6624 :فتاه"),
        ("ولد 12-05-1984.", ".12-05-1984 دلو"),
        ("من 2026-03-02 الى", "ىلا 2026-03-02 نم"),
        ("علي R-2026-0001", "R-2026-0001 يلع"),
        ("سالم.", ".ملاس"),
        ("اسم Zahra (علي) - 12/05/1984.", ".12/05/1984 - )يلع( Zahra مسا"),
        ("Zahra (علي), 12-05-1984.", "Zahra (يلع), 12-05-1984."),
    ],
)
def test_signs_and_numbers_stand_on_the_side_on_which_they_are_read(text, from_the_left):
    blocks = [Words(text), Facts([("Name", text)]), Table(["Name"], [[text]])]

    lines = drawn(printed(a_paper(Part("Said", blocks))))

    shown = [line.translate(MIRRORED) for line in lines]
    assert sum(from_the_left.translate(MIRRORED) in line for line in shown) == len(blocks)


def test_a_latin_word_within_arabic_stays_whole():
    text = words_of(a_paper(a_table(("زهرا (Zahra) حیدری", "Sat 17 May 1990"))))

    assert "Zahra" in text
    assert "Sat 17 May 1990" in text


def test_a_language_is_written_in_its_direction():
    content = printed(a_paper(a_table(("a", "b")), heading="محمد", language="fa-AF"))

    assert opened(content).trailer["/Root"]["/Lang"] == "fa-AF"
    (table,) = (told for kind, told in tags(content) if kind == "Table")
    left, _, right, _ = table["/A"][0]["/BBox"]
    width = opened(content).pages[0].mediabox.width
    assert right > width - 60
    assert left > width / 2


def test_what_looks_like_markup_is_printed_as_it_was_typed():
    sign = " ".join(SIGNS)
    blocks = [Facts([(sign, sign)]), Table((sign,), [(sign,)]), Bars(sign, [(sign, sign, 5.0)])]
    content = printed(
        a_paper(Part(sign, [*blocks, Words(sign)]), title=sign, heading=sign, lines=[sign])
    )

    assert text_of(content).count(sign) == 10
    assert (opened(content).metadata.title, pictures(content)) == (sign, [sign])


def test_signs_that_no_font_has_are_spelt_and_signs_that_steer_left_out():
    text = words_of(
        a_paper(a_table(("漢 \u2066x\u2069 q\u0325", "a\x07b\u202fc \U000e0100\ue000")))
    )

    assert "Han x q\na b c" in text
    assert "\ufffd" in text


def test_lines_stay_apart_as_they_were_typed():
    assert "one two" in words_of(a_paper(Part("Said", [Words("one\ntwo")])))


def test_a_long_file_goes_on_over_pages_that_bear_the_title_alone():
    lines = [(f"Line {number} " + "with many words " * 20, "") for number in range(80)]
    reader = opened(printed(a_paper(a_table(*lines))))

    assert len(reader.pages) > 3
    last = reader.pages[-1].extract_text()
    assert f"R-2025-0001 {len(reader.pages)}/{len(reader.pages)}" in last
    assert "Name" in last
    assert "Haidari" not in last


def test_the_same_gives_the_same_bytes_and_says_when():
    first, second = (printed(a_paper(a_table(("a", "b")))) for _ in range(2))

    assert first == second
    assert opened(first).metadata.creation_date == datetime(2026, 3, 2, 9, tzinfo=UTC)


class TestTooMuch:
    def test_too_many_lines_are_refused_before_anything_starts(self):
        parts = [
            a_table(*[("a", "b")] * 9_999),
            Part("", [Facts([("a", "b")]), Words("c"), Bars("", [("d", "e", 1.0)])]),
        ]

        with pytest.raises(Conflict, match="too much"):
            printed(a_paper(*parts))

    def test_what_takes_too_long_is_given_up(self, monkeypatch):
        monkeypatch.setattr(paper, "SECONDS", 0)

        with pytest.raises(Conflict, match="too much"):
            printed(a_paper())


class TestSetting:
    def test_it_runs_in_any_process(self, tmp_path):
        told = {"title": "T", "heading": "T", "lines": [], "language": "en-NZ", "parts": []}
        given = json.dumps(told | {"made_at": 0}).encode()
        first, second = BytesIO(), BytesIO()

        setting.main(tmp_path, BytesIO(given), first)
        setting.main(tmp_path, BytesIO(given), second)

        assert first.getvalue() == second.getvalue()
        assert text_of(first.getvalue()).startswith("T")

    def test_two_that_unpack_at_once_do_not_disturb_each_other(self, tmp_path):
        made, ready = tmp_path / "made", tmp_path / "ready"
        for folder in (made, ready):
            folder.mkdir()
            (folder / "covers.json").touch()

        setting.put(made, ready)

        assert ready.exists()

    def test_a_folder_that_cannot_be_written_is_told(self, tmp_path):
        with pytest.raises(FileNotFoundError):
            setting.put(tmp_path / "none", tmp_path / "ready")

    def test_no_other_file_is_read(self):
        assert "read(" not in (FOLDER / "sheet.typ").read_text()

    def test_unpacked_fonts_go_with_the_process(self):
        asked = "from resettle.web.paper import _place; print(_place().name)"
        told = run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)

        assert "resettle-fonts-" in told.stdout
        assert not Path(told.stdout.strip()).exists()

    def test_the_service_itself_carries_none_of_it(self):
        asked = "import sys, resettle.web.paper; print({'typst', 'fontTools'} & {*sys.modules})"
        told = run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)

        assert told.stdout.strip() == "set()"


@pytest.mark.parametrize(
    "package", vendoring.packages(FOLDER / "fonts.toml"), ids=lambda package: package.name
)
def test_the_fonts_are_as_they_were_published(package: vendoring.Package):
    assert vendoring.altered(package, FOLDER / "fonts") == []
