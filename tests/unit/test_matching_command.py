"""`resettle match benchmark`: a year of files, its figures, and what is wrong with a folder."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from resettle.cli import cli
from resettle.matching.years import read, same_places

SIZE = "case,number of children,number of adults,number of seniors\n7,1,2,0\n8,0,2,0\n9,0,1,0\n"
CAPACITY = "affiliate,stated capacity,children,adults,seniors\nLevin,3,1,3,0\nBlenheim ,2,0,1,0\n"
FITS = "case,BLENHEIM,LEVIN,Timaru\n7,1,1,NA\n8,1,0,NA\n9,1,1,NA\n"
SUITS = "case,BLENHEIM,LEVIN,Timaru\n7,0.9,0.4,NA\n8,0.5,0.1,NA\n9,0.8,0.6,NA\n"
FILES = {
    "size.csv": SIZE,
    "capacity.csv": CAPACITY + "Timaru,5,0,0,0\n",
    "compatibility.csv": FITS,
    "employment_weight.csv": SUITS,
}


@pytest.fixture
def year(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        (tmp_path / name).write_text(text)
    return tmp_path


def run(folder: Path, *options: str) -> Result:
    return CliRunner().invoke(cli, ["match", "benchmark", str(folder), *options])


def figures(folder: Path, *options: str) -> dict:
    result = run(folder, *options, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_places_are_paired_by_name_and_persons_come_first(year: Path):
    found = figures(year)

    assert found.keys() == {
        "placed_cases",
        "placed_persons",
        "weight",
        "seconds",
        "gap",
        "greedy_weight",
    }
    assert (found["placed_cases"], found["placed_persons"]) == (2, 5)
    assert (found["weight"], found["greedy_weight"]) == (0.9, 0.9)


def test_the_weight_alone_may_leave_more_people_without_a_place(year: Path):
    found = figures(year, "--objective", "weight")

    assert (found["placed_persons"], found["weight"]) == (4, 1.2)


def test_what_was_taken_in_the_end_is_another_capacity(year: Path):
    found = figures(year, "--capacity-column", "actual")

    assert (found["placed_cases"], found["placed_persons"]) == (2, 4)


def test_in_batches_with_a_past(year: Path):
    found = figures(year, "--batch", "2", "--history", str(year))

    assert found["placed_persons"] == 5


def test_it_is_told_in_words(year: Path):
    result = run(year)

    assert "Placed 2 of 3 households, 5 of 6 persons." in result.stdout
    assert "one by one it would be 0.9000" in result.stdout


def test_places_named_otherwise_are_paired_by_position_and_it_is_said(year: Path):
    (year / "capacity.csv").write_text("affiliate,stated,a\nBlen,2,1\nLev,3,3\nTimaru,5,0\n")
    result = run(year, "--json")

    assert json.loads(result.stdout)["placed_persons"] == 5
    assert "paired by position" in result.stderr


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("size.csv", None, "size.csv cannot be read as a table."),
        ("size.csv", "", "size.csv is empty."),
        ("size.csv", SIZE + "9,0,1,0\n", "line 5: case 9 stands here twice"),
        ("size.csv", SIZE + "4,0,0,0\n", "line 5: case 4 has no persons"),
        ("size.csv", SIZE + "4,0,-1,0\n", "“-1” is no number of persons"),
        ("size.csv", SIZE + "4,0,1\n", "line 5: 3 columns, not 4"),
        ("size.csv", SIZE + "4,0,1,0\n", "size.csv: case 4 stands only there or only in"),
        ("size.csv", "case\n7\n8\n9\n", "size.csv has no column of persons."),
        ("size.csv", SIZE.replace("8,0,2,0", "8,0,NA,0"), "line 3: “NA” is no number of persons"),
        ("capacity.csv", "affiliate\nLevin\nBlenheim\nTimaru\n", "no column of the stated"),
        ("capacity.csv", CAPACITY + "Timaru,-5,0,0,0\n", "line 4: “-5” is no number of persons"),
        ("capacity.csv", CAPACITY + "Timaru,,0,0,0\n", "line 4: “” is no number of persons"),
        ("compatibility.csv", "case,BLENHEIM,LEVIN,Timaru\n", "compatibility.csv has no cases."),
        ("compatibility.csv", "case\n7\n8\n9\n", "compatibility.csv has no places."),
        ("compatibility.csv", FITS + "9,1,1,NA\n", "compatibility.csv: case 9 stands there twice"),
        ("employment_weight.csv", SUITS.replace("8,0", "6,0"), "case 6 stands only there or only"),
        ("capacity.csv", CAPACITY, "has 2 places, compatibility.csv 3"),
        ("compatibility.csv", FITS.replace("8,1", "8,2"), "is neither 1 nor 0 nor NA"),
        ("employment_weight.csv", SUITS.replace("0.4", "high"), "“high” is no weight"),
        ("employment_weight.csv", SUITS.replace("0.4", "inf"), "“inf” is no weight"),
        ("employment_weight.csv", SUITS.replace("LEVIN", "LEVI"), "its places are not those"),
        ("size.csv", b"\xff\xfe\x00", "size.csv cannot be read as a table."),
    ],
)
def test_a_folder_that_is_no_year_is_told_in_one_sentence(year: Path, name, text, told):
    path = year / name
    match text:
        case None:
            path.unlink()
        case bytes():
            path.write_bytes(text)
        case _:
            path.write_text(text)
    result = run(year)

    assert result.exit_code == 2
    assert told in result.stderr
    assert result.stdout == ""


def another_year(folder: Path, first: str, second: str) -> Path:
    """Write a year of other cases, with two places of these names."""
    folder.mkdir()
    files = {
        "size.csv": "case,persons\n101,2\n102,1\n",
        "capacity.csv": f"affiliate,stated\n{first},3\n{second},2\n",
        "compatibility.csv": f"case,{first},{second}\n101,1,1\n102,0,1\n",
        "employment_weight.csv": f"case,{first},{second}\n101,1,0.5\n102,0.2,0.7\n",
    }
    for name, text in files.items():
        (folder / name).write_text(text)
    return folder


def test_a_past_may_have_other_places_and_other_cases(year: Path, tmp_path: Path):
    past = another_year(tmp_path / "past", "Gore", "Levin")

    found = figures(year, "--batch", "1", "--history", str(past))
    assert found["placed_persons"] == 5


def test_what_is_taken_over_from_a_past_goes_by_the_names_of_places(year: Path, tmp_path: Path):
    now, past = read(year), read(another_year(tmp_path / "past", "Gore", "LEVIN "))

    found = same_places(past, now)
    assert found.weights.tolist() == [[0, 0.5, 0], [0, 0.7, 0]]
    assert found.may.tolist() == [[False, True, False]] * 2


def test_places_of_a_past_that_have_no_known_name_are_paired_by_position(tmp_path: Path):
    now = read(another_year(tmp_path / "now", "Gore", "Levin"))
    past = read(another_year(tmp_path / "past", "Nelson", "Timaru"))

    assert same_places(past, now).weights.tolist() == past.problem.weights.tolist()


def test_a_past_with_none_of_the_places_is_refused(year: Path, tmp_path: Path):
    past = another_year(tmp_path / "past", "Gore", "Nelson")
    result = run(year, "--batch", "1", "--history", str(past))

    assert result.exit_code == 2
    assert result.stderr == "The past year has none of this year's places.\n"
