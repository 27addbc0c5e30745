"""`resettle evaluate`: files in, figures out, and what is wrong with a file in one sentence."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from scipy import stats

from resettle.cli import cli
from tests.unit.test_evaluation_survival import MP, PLACEBO

TIMES = "time,event,group,stratum\n6,1,quota,a\n9,0,quota,b\n4,1,cors,a\n7,1,cors,b\n"
HEAD = "person,household,town,stream\n"


def _leukaemia() -> list[tuple[str, float, bool]]:
    """Give the remissions of Freireich and others (1963), a row a patient."""
    return [
        (name, time, reached)
        for name, group in (("6-MP", MP), ("placebo", PLACEBO))
        for time, reached in zip(group.times, group.reached, strict=True)
    ]


def _censored(name: str) -> stats.CensoredData:
    group = {"6-MP": MP, "placebo": PLACEBO}[name]
    return stats.CensoredData.right_censored(group.times, ~group.reached)


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, ["evaluate", *map(str, arguments)])


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "table.csv"


class TestSurvival:
    def test_figures_of_each_group(self, file: Path):
        file.write_text("time,event,group\n2,1,a\n4,0,a\n1,1,b\n3,1,b\n")
        told = json.loads(run("survival", file, "--json").stdout)

        assert told["groups"]["a"] == {
            "n": 2,
            "events": 1,
            "median": 2.0,
            "rmst": 2.5,
            "curve": [
                {"time": 2.0, "at_risk": 2, "survival": 0.5, "low": pytest.approx(0.0060, abs=1e-4)}
                | {"high": pytest.approx(0.9104, abs=1e-4)},
                {"time": 4.0, "at_risk": 1, "survival": 0.5, "low": pytest.approx(0.0060, abs=1e-4)}
                | {"high": pytest.approx(0.9104, abs=1e-4)},
            ],
        }
        assert told["groups"]["b"]["curve"][-1]["low"] is None
        assert told["log_rank"].keys() == {"chi2", "df", "p"}
        assert told["until"] == 3

    def test_it_prints_what_scipy_gives_for_a_published_table(self, file: Path):
        lines = [f"{t},{int(e)},{name}" for name, t, e in _leukaemia()]
        file.write_text("\n".join(["time,event,group", *lines]))
        told = json.loads(run("survival", file, "--json").stdout)

        for name in ("6-MP", "placebo"):
            theirs = stats.ecdf(_censored(name)).sf
            drawn = told["groups"][name]["curve"]
            assert [point["time"] for point in drawn] == theirs.quantiles.tolist()
            assert [point["survival"] for point in drawn] == pytest.approx(
                theirs.probabilities.tolist(), rel=0, abs=1e-9
            )
        test = stats.logrank(_censored("6-MP"), _censored("placebo"))
        assert told["log_rank"] == {
            "chi2": pytest.approx(test.statistic**2, rel=0, abs=1e-9),
            "df": 1,
            "p": pytest.approx(test.pvalue, rel=0, abs=1e-9),
        }
        assert [told["groups"][name]["median"] for name in ("6-MP", "placebo")] == [23, 8]

    def test_strata_are_told_and_a_single_group_is_not_compared(self, file: Path):
        file.write_text(TIMES)
        assert "Log-rank within strata: χ²" in run("survival", file).stdout

        file.write_text("time,event,group\n2,0,a\n")
        alone = run("survival", file)
        assert "a: 0 of 1 reached it; median not reached; mean within 2: 2.00" in alone.stdout
        assert "Log-rank" not in alone.stdout

    def test_the_restricted_mean_ends_where_it_is_said(self, file: Path):
        file.write_text(TIMES)
        told = json.loads(run("survival", file, "--until", "5", "--json").stdout)

        assert told["groups"]["quota"]["rmst"] == 5

    @pytest.mark.parametrize(
        ("text", "fault"),
        [
            ("time,event\n1,1\n", "no column “group”"),
            ("time,event,group\n", "no rows"),
            ("time,event,group\nsoon,1,a\n", "Line 2: “time” is no number"),
            ("time,event,group\n-1,1,a\n", "Line 2: “time” is no time"),
            ("time,event,group\nnan,1,a\n", "Line 2: “time” is no time"),
            ("time,event,group\n1,2,a\n", "Line 2: “event” is neither 1 nor 0"),
            ("time,event,group\n1,1,\n", "Line 2: “group” is empty"),
            ("", "no column “time”"),
            ("time,event,group\n\n1,1\n", "Line 3: “group” is empty"),
            ('time,event,group\n1,1,"a\n', "cannot be read as a table"),
            (b"\xff\xfe\x00\x01", "cannot be read as a table"),
        ],
    )
    def test_a_file_that_is_no_such_table(self, file: Path, text, fault):
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        result = run("survival", file, "--json")

        assert result.exit_code == 2
        assert fault in result.stderr


@pytest.mark.parametrize(
    ("command", "options"),
    [("survival", ()), ("protect", ("--rows", "town", "--cols", "stream"))],
)
@pytest.mark.parametrize("place", ["nothing-here.csv", "."])
def test_what_is_no_file_is_told_in_one_line(tmp_path: Path, command, options, place):
    result = run(command, tmp_path / place, *options)

    assert result.exit_code == 2
    assert result.stderr == ("The file cannot be read as a table of comma-separated values.\n")


def test_a_key_that_is_not_there_is_told_in_one_line(tmp_path: Path):
    file = tmp_path / "people.csv"
    file.write_text(HEAD + "p1,h1,Levin,cors\n")
    result = run(
        "protect", file, "--rows", "town", "--cols", "stream", "--key-file", tmp_path / "none"
    )

    assert (result.exit_code, result.stderr) == (2, "The file none cannot be read.\n")


class TestProtect:
    def test_a_table_that_may_be_told(self, file: Path):
        lines = [f"p{n},h{n // 2},{'Levin' if n % 2 else 'Nelson'},cors" for n in range(80)]
        file.write_text(HEAD + "\n".join([*lines, "q1,k1,Levin,rqp", "q2,k2,Levin,rqp"]))
        told = json.loads(
            run("protect", file, "--rows", "town", "--cols", "stream", "--json").stdout
        )

        assert (told["policy"], told["rows"], told["columns"]) == (
            "public",
            ["Levin", "Nelson"],
            ["cors", "rqp"],
        )
        assert told["cells"][0][1] == "S"
        assert told["cells"][0][0] in {39, 42}
        assert None in told["row_totals"] + told["column_totals"]
        again = run("protect", file, "--rows", "town", "--cols", "stream", "--json")
        assert json.loads(again.stdout) == told

    def test_it_is_told_in_words_with_its_footer(self, file: Path):
        file.write_text(HEAD + "\n".join(f"p{n},h{n},Levin,cors" for n in range(60)))
        key = file.with_name("key")
        key.write_bytes(b"k" * 32)
        result = run("protect", file, "--rows", "town", "--cols", "stream", "--key-file", key)

        assert result.stdout.splitlines()[1].split() == ["Levin", "60", "60"]
        assert result.stdout.splitlines()[-1] == (
            "rounded to base 3, small counts suppressed; rows may not add up"
        )

    def test_the_ministry_is_told_unrounded_numbers_and_zero(self, file: Path):
        lines = [f"p{n},h{n},Levin,cors" for n in range(40)]
        lines += [f"q{n},k{n},Nelson,rqp" for n in range(31)]
        file.write_text(HEAD + "\n".join(lines))
        options = ["--rows", "town", "--cols", "stream", "--policy", "ministry", "--json"]
        told = json.loads(run("protect", file, *options).stdout)

        assert told["cells"] == [[40, 0], [0, 31]]
        assert told["total"] == 71

    def test_too_few_people_are_refused(self, file: Path):
        file.write_text(HEAD + "p1,h1,Levin,cors\n")
        result = run("protect", file, "--rows", "town", "--cols", "stream")

        assert result.exit_code == 1
        assert result.stderr.startswith("No table is told of fewer than 30 persons")

    @pytest.mark.parametrize(
        ("text", "fault"),
        [
            (HEAD + "p1,h1,Levin,cors\np1,h2,Levin,cors\n", "Line 3: this person stands here"),
            ("person,town,stream\np1,Levin,cors\n", "no column “household”"),
            (HEAD + "p1,h1\n", "Line 2: “town” is empty"),
        ],
    )
    def test_a_file_that_is_no_such_table(self, file: Path, text, fault):
        file.write_text(text)
        result = run("protect", file, "--rows", "town", "--cols", "stream")

        assert result.exit_code == 2
        assert fault in result.stderr
