"""Places on the line of months and lengths of the pipeline's bars."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resettle.web import charts
from resettle.web.charts import Point, Stage

FIRST = date(2026, 3, 3)


def a_point(days=0, tone="open", label="School"):
    return Point(label, FIRST + timedelta(days), tone, "In progress")


def a_line(*points, today=FIRST, months=24):
    return charts.month_line(FIRST, today, points, months=months)


class TestMonthLine:
    def test_it_runs_from_the_first_day_to_the_last_month(self):
        line = a_line(a_point(0), a_point(731))

        assert [mark.x for mark in line.marks] == [line.start, line.end]
        assert [tick.month for tick in line.ticks] == [0, 6, 12, 18, 24]

    def test_a_short_programme_has_ticks_too(self):
        assert [tick.month for tick in a_line(months=3).ticks] == [0, 1, 2, 3]

    def test_one_day_has_one_mark_with_its_most_urgent_state(self):
        line = a_line(a_point(14, "done"), a_point(14, "late"), a_point(14, "quiet"))

        assert [(mark.number, mark.tone) for mark in line.marks] == [(1, "late")]
        assert [row.number for row in line.rows] == [1, 1, 1]

    def test_marks_that_would_touch_stand_above_each_other(self):
        near, nearer, far = a_line(a_point(0), a_point(3), a_point(300)).marks

        assert nearer.y < near.y == far.y

    @pytest.mark.parametrize(("days", "end"), [(-30, "start"), (2000, "end")])
    def test_days_outside_of_it_stand_at_its_ends(self, days, end):
        line = a_line(a_point(days))

        assert line.marks[0].x == getattr(line, end)

    @pytest.mark.parametrize("days", [-1, 732])
    def test_a_day_outside_of_it_is_not_shown_as_today(self, days):
        assert a_line(today=FIRST + timedelta(days)).today is None

    def test_today_stands_among_the_months(self):
        line = a_line(today=date(2027, 3, 3))

        assert line.today == line.ticks[2].x

    @given(st.lists(st.integers(-100, 900), max_size=40))
    def test_every_milestone_has_its_row_and_no_mark_covers_another(self, days):
        line = a_line(*(a_point(day) for day in days))
        spots = [(mark.x, mark.y) for mark in line.marks]

        assert sorted((row.on - FIRST).days for row in line.rows) == sorted(days)
        assert {row.number for row in line.rows} == {mark.number for mark in line.marks}
        assert len(set(spots)) == len(spots)
        assert all(line.start <= x <= line.end and 0 < y < line.axis for x, y in spots)


class TestPipeline:
    def test_bars_are_measured_against_the_fullest_stage(self):
        bars = charts.pipeline([Stage("Received", 10, "10"), Stage("Approved", 40, "40")])

        assert [bar.width for bar in bars] == [25, 100]

    def test_a_count_that_must_not_be_told_has_no_bar(self):
        (bar, _) = charts.pipeline([Stage("Reception", None, "fewer than 6"), Stage("R", 1, "1")])

        assert (bar.width, bar.shown) == (0, "fewer than 6")

    @pytest.mark.parametrize("stages", [[], [Stage("Received", 0, "0")]])
    def test_an_empty_pipeline_has_no_bars(self, stages):
        assert [bar.width for bar in charts.pipeline(stages)] == [0.0] * len(stages)
