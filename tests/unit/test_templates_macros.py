"""What the lists, states and pictures promise."""

import re
from datetime import date
from xml.etree import ElementTree as ET

import pytest
from jinja2 import UndefinedError

from resettle.web import charts
from tests.unit.rendering import NASTY, rendered


class TestTable:
    SOURCE = """{% set columns = {"who": "Household", "n": "Days"} %}
    {%- set sorts = {"n": ("?sort=n", "descending")} %}
    {%- call(row) lists.table("Due", columns, rows, sorts=sorts, numbers=["n"]) -%}
    {{ lists.head_cell(columns.who, row[0], "/h") }}{{ lists.cell(columns.n, row[1], number=true) }}
    {% call lists.cell(columns.n) %}<em>rich</em>{% endcall %}
    {%- endcall %}"""

    def test_every_cell_keeps_its_heading(self):
        table = ET.fromstring(rendered(self.SOURCE, rows=[(NASTY, 3)]).replace("&nbsp;", " "))
        cells = table.findall("tbody/tr/*")

        assert [cell.get("data-label") for cell in cells] == ["Household", "Days", "Days"]
        assert ["".join(cell.itertext()).strip() for cell in cells] == [NASTY, "3", "rich"]

    def test_it_stays_a_table_for_those_who_listen(self):
        table = ET.fromstring(rendered(self.SOURCE, rows=[("a", 3)]).replace("&nbsp;", " "))

        assert [e.get("role") for e in table.iter() if e.tag in ("table", "tr", "th", "td")] == [
            "table", "row", "columnheader", "columnheader", "row", "rowheader", "cell", "cell",
        ]  # fmt: skip
        assert table.findall("thead/tr/th")[1].get("aria-sort") == "descending"
        assert table.find("caption").text == "Due"


class TestLists:
    @pytest.mark.parametrize(
        ("ways", "shown"),
        [('"/p", "/n"', ["/p", "/n"]), ('none, "/n"', ["/n"]), ("none, none", [])],
    )
    def test_the_pager_shows_only_ways_that_lead_somewhere(self, ways, shown):
        assert re.findall(r'href="([^"]*)"', rendered(f"{{{{ lists.pager({ways}) }}}}")) == shown

    def test_an_empty_list_says_what_to_do(self):
        html = rendered('{{ lists.empty("No tasks", "They come here.", "/t/new", "Add a task") }}')

        assert "They come here." in html
        assert re.search(r'href="/t/new">Add a task<', html)

    @pytest.mark.parametrize(("value", "shown"), [(0, "0"), ("", "–"), (None, "–"), ("x", "x")])
    def test_a_fact_that_is_not_known_is_a_dash(self, value, shown):
        html = rendered('{{ lists.facts([("People", value)]) }}', value=value)

        assert re.findall(r"<bdi>(.*)</bdi>", html) == [shown]

    @pytest.mark.parametrize(
        ("latin", "shown"), [("Salam", ["سلام", "(Salam)"]), (None, ["سلام"]), ("سلام", ["سلام"])]
    )
    def test_a_name_stands_in_its_own_script_first(self, latin, shown):
        html = rendered('{{ lists.name("سلام", latin, "ar") }}', latin=latin)

        assert re.findall(r"<bdi[^>]*>(.*?)</bdi>", html) == shown
        assert 'lang="ar"' in html


class TestStatus:
    STATES = (
        "NOT_STARTED",
        "IN_PROGRESS",
        "MET",
        "MET_LATE",
        "NOT_APPLICABLE",
        "WAIVED",
        "BLOCKED",
    )

    @pytest.mark.parametrize("state", STATES)
    def test_every_state_of_a_milestone_is_a_word_with_a_mark(self, state):
        element = ET.fromstring(rendered(f'{{{{ status.milestone("{state}") }}}}').strip())

        assert "".join(element.itertext()).strip()
        assert list(element.find("svg"))

    @pytest.mark.parametrize("state", ["OPEN", "TO_FOLLOW", "MET", "WAIVED"])
    def test_every_state_of_a_checklist_is_a_word_with_a_mark(self, state):
        element = ET.fromstring(rendered(f'{{{{ status.checklist("{state}") }}}}').strip())

        assert "".join(element.itertext()).strip()
        assert list(element.find("svg"))

    def test_an_unknown_state_is_a_fault(self):
        with pytest.raises(UndefinedError):
            rendered('{{ status.milestone("LOST") }}')

    @pytest.mark.parametrize(("days", "said"), [(1, "1 day late"), (3, "3 days late")])
    def test_late_says_how_late_and_why(self, days, said):
        html = rendered(f'{{{{ status.milestone("IN_PROGRESS", {days}, "Holidays") }}}}')

        assert said in html
        assert "Holidays" in html

    def test_blocked_says_why(self):
        assert "No fridge" in rendered('{{ status.milestone("BLOCKED", why="No fridge") }}')

    @pytest.mark.parametrize("source", ['milestone("BLOCKED", 9, "x")', 'stage("Reception")'])
    def test_only_safety_is_red(self, source):
        assert "safety" not in rendered(f"{{{{ status.{source} }}}}")
        assert "state-safety" in rendered('{{ status.safety("Do not write") }}')

    def test_a_stage_that_is_over_is_marked_done(self):
        assert "state-done" in rendered('{{ status.stage("Reception", done=true) }}')


class TestWhoSees:
    @pytest.mark.parametrize("who", ["caseworkers, your group", ["caseworkers", "your group"]])
    def test_it_says_who(self, who):
        html = rendered('{{ who_sees.line(who, "/why") }}', who=who)

        assert "Who will see this: caseworkers, your group" in html
        assert 'href="/why"' in html

    def test_the_way_out_works_without_a_script(self):
        html = rendered("{{ who_sees.leave() }}")

        assert re.search(r'href="https://[^"]+" rel="noreferrer[^>]* data-leave', html)


class TestCharts:
    LINE = charts.month_line(
        date(2026, 3, 3),
        date(2026, 4, 1),
        [
            charts.Point(NASTY, date(2026, 3, 17), "late", "Late"),
            charts.Point("B", date(2027, 3, 3), "open", "Open"),
        ],
    )

    def drawn(self, direction="ltr"):
        return rendered('{{ charts.months("Months", line) }}', line=self.LINE, dir=direction)

    def test_what_is_drawn_is_also_written(self):
        html = self.drawn()

        assert html.count('<circle class="dot') == 2
        assert "Tue 17 Mar 2026" in html
        assert "&lt;b&gt;&amp;" in html
        assert "<b>" not in html

    def test_time_runs_with_the_script(self):
        forth = [
            float(x) for x in re.findall(r'<circle class="dot[^>]*cx="([\d.]+)%', self.drawn())
        ]
        back = [
            float(x) for x in re.findall(r'<circle class="dot[^>]*cx="([\d.]+)%', self.drawn("rtl"))
        ]

        assert forth == sorted(forth)
        assert back == pytest.approx([100 - x for x in forth])

    def test_no_today_outside_of_the_months(self):
        line = charts.month_line(date(2026, 3, 3), date(2025, 1, 1), [])

        assert "Today" not in rendered('{{ charts.months("Months", line) }}', line=line)

    def test_the_pipeline_shows_counts_as_links_to_their_rows(self):
        bars = charts.pipeline([charts.Stage("Received", 4, "4", 9, "/cases?stage=received")])
        html = rendered('{{ charts.pipeline("Stages", bars) }}', bars=bars)

        assert '<a href="/cases?stage=received">4</a>' in html
        assert 'width="100.0%"' in html
