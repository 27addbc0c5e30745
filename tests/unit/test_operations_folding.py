"""Who looked: what one reader opened in one go is one line, and nothing is left out."""

from datetime import UTC, datetime

from resettle.operations.folding import folded


def a_row(hour, *, name="Ana", change="read", classes=("P2",), resource="Task"):
    return {
        "at": datetime(2026, 3, 3, hour, tzinfo=UTC),
        "actor_name": name,
        "actor_role": "caseworker",
        "by_link": False,
        "change": change,
        "resource": resource,
        "classes": [*classes],
    }


def told(rows):
    return [
        (line["actor_name"], line["change"], line["times"], line["since"].hour, line["at"].hour)
        for line in folded(rows)
    ]


def test_looks_of_one_reader_at_the_same_are_one_line_with_count_and_times():
    assert told([a_row(5), a_row(4), a_row(2)]) == [("Ana", "read", 3, 2, 5)]


def test_two_kinds_of_thing_looked_at_by_turns_are_a_line_each():
    rows = [a_row(5), a_row(4, classes=("P7",)), a_row(3), a_row(2, classes=("P7",))]

    assert told(rows) == [("Ana", "read", 2, 3, 5), ("Ana", "read", 2, 2, 4)]


def test_another_reader_between_them_parts_them():
    rows = [a_row(5), a_row(4, name="Ben"), a_row(3)]

    assert [line[0] for line in told(rows)] == ["Ana", "Ben", "Ana"]


def test_a_day_of_new_zealand_parts_them():
    # Eleven in the evening and one in the night of Auckland, on one day of UTC.
    assert [line[2] for line in told([a_row(12), a_row(10)])] == [1, 1]


def test_changes_at_different_moments_are_never_folded():
    rows = [a_row(5, change="updated"), a_row(4, change="updated"), a_row(3)]

    assert [line[1:3] for line in told(rows)] == [("updated", 1), ("updated", 1), ("read", 1)]


def test_what_one_act_changed_at_one_moment_is_one_line_of_its_kind():
    made = [a_row(5, change="created"), a_row(5, change="created")]

    lines = told([*made, a_row(5, change="created", resource="Goal")])

    assert [line[1:3] for line in lines] == [("created", 2), ("created", 1)]
