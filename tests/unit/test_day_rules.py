"""How the queue is ordered, whose a line is, and what may be put off."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resettle.day import rules
from resettle.day.rules import Group, Part, Source, Stand, Standing

TODAY = date(2026, 3, 2)
ANA, TOM = UUID(int=1), UUID(int=2)


def in_days(days, source=Source.TASK, **more):
    return Standing(source, TODAY + timedelta(days=days), **more)


@pytest.mark.parametrize(
    ("standing", "group", "words"),
    [
        (in_days(-1), Group.NOW, "1 day late."),
        (in_days(-9), Group.NOW, "9 days late."),
        (in_days(0), Group.TODAY, "Due today."),
        (in_days(1), Group.WEEK, "Due in 1 day, on Tuesday 3 March."),
        (in_days(7), Group.WEEK, "Due in 7 days, on Monday 9 March."),
        (in_days(8), Group.WAITING, "Due in 8 days, on Tuesday 10 March."),
        (in_days(3, blocked=True), Group.WAITING, "Due in 3 days, on Thursday 5 March."),
        (in_days(-3, blocked=True), Group.NOW, "3 days late."),
        (in_days(30, safety=True), Group.NOW, "Due in 30 days, on Wednesday 1 April."),
        (Standing(Source.CHECKLIST, None), Group.WAITING, "No day is set."),
        (in_days(-3, snoozed_until=TODAY + timedelta(days=1)), Group.WAITING, "3 days late."),
        (in_days(-3, snoozed_until=TODAY), Group.NOW, "3 days late."),
        (
            in_days(-3, safety=True, snoozed_until=TODAY + timedelta(days=1)),
            Group.NOW,
            "3 days late.",
        ),
    ],
)
def test_a_line_stands_in_its_group_and_says_so(standing, group, words):
    assert rules.group(standing, TODAY) is group
    assert rules.when(standing, TODAY) == words


def test_what_weighs_more_comes_first_and_safety_before_all():
    late = [
        in_days(-2, Source.CHECKLIST),
        in_days(-2, Source.TASK),
        in_days(-30, Source.CHECKLIST),
        in_days(-2, Source.CONTACT),
        in_days(-1, Source.INCIDENT, safety=True),
        in_days(-400, Source.REPORT),
    ]

    ordered = sorted(late, key=lambda each: rules.rank(each, TODAY, "R-1", ANA))

    assert [(each.source, rules.weight(each, TODAY)) for each in ordered] == [
        (Source.INCIDENT, 131),
        (Source.REPORT, 403),
        (Source.CHECKLIST, 30),
        (Source.CONTACT, 12),
        (Source.TASK, 9),
        (Source.CHECKLIST, 2),
    ]


def test_each_kind_has_its_title_and_its_weight():
    assert rules.TITLES.keys() == rules.PULL.keys() == {*Source}


@pytest.mark.parametrize(
    ("said", "arrived", "days"),
    [(7, False, 7), (14, True, 14), (None, True, 30), (None, False, None)],
)
def test_a_stage_says_after_how_long_it_is_silent(said, arrived, days):
    assert rules.silence(said, 30, arrived=arrived) == days


@pytest.mark.parametrize(
    ("last", "every", "words"),
    [
        (None, None, "No regular contact is expected at this stage."),
        (None, 7, "No contact is on record yet. "),
        (TODAY, 7, "Somebody was in touch today. "),
        (TODAY - timedelta(days=1), 1, "Nobody was in touch for 1 day. "),
    ],
)
def test_keeping_in_touch_is_said_in_words(last, every, words):
    assert rules.contact_words(last, every, TODAY).startswith(words)


def stand(user_id, part, **more):
    return Stand(user_id, "Ana" if user_id == ANA else "Tom", part, **more)


@pytest.mark.parametrize(
    ("stands", "here"),
    [
        ([], []),
        ([stand(ANA, Part.PRIMARY), stand(TOM, Part.SECOND)], [ANA]),
        ([stand(ANA, Part.PRIMARY, away=True), stand(TOM, Part.COVER)], [TOM]),
        ([stand(ANA, Part.PRIMARY, works=False), stand(TOM, Part.SECOND)], [TOM]),
        ([stand(ANA, Part.PRIMARY, away=True)], []),
        ([stand(TOM, Part.COVER), stand(ANA, Part.COVER)], [ANA, TOM]),
    ],
)
def test_who_attends_follows_from_who_is_here(stands, here):
    assert [each.user_id for each in rules.attending(stands)] == here


def test_a_line_is_whose_it_was_given_or_named_if_they_are_here():
    here = (stand(ANA, Part.PRIMARY), stand(TOM, Part.SECOND))
    gone = (stand(ANA, Part.PRIMARY), stand(TOM, Part.SECOND, away=True))

    assert [s.user_id for s in rules.owners(here, None)] == [ANA]
    assert [s.user_id for s in rules.owners(here, TOM)] == [TOM]
    assert [s.user_id for s in rules.owners(here, TOM, ANA)] == [ANA]
    assert [s.user_id for s in rules.owners(gone, TOM)] == [ANA]


STANDS = st.lists(
    st.builds(
        Stand,
        user_id=st.sampled_from([ANA, TOM, UUID(int=3)]),
        name=st.just("Somebody"),
        part=st.sampled_from([*Part]),
        works=st.booleans(),
        away=st.booleans(),
    ),
    max_size=6,
)


@given(
    stands=STANDS, named=st.sampled_from([None, ANA, TOM]), given_to=st.sampled_from([None, TOM])
)
def test_every_line_is_somebodys_or_its_household_is_the_leaders(stands, named, given_to):
    found = rules.owners(tuple(stands), named, given_to)

    assert all(each.present for each in found)
    assert bool(found) == any(each.present for each in stands)
    assert bool(found) == bool(rules.attending(stands))


@pytest.mark.parametrize(
    ("days", "safety", "field"),
    [
        (1, False, None),
        (60, False, None),
        (0, False, "until_on"),
        (61, False, "until_on"),
        (1, True, "_schema"),
    ],
)
def test_it_is_put_off_for_a_while_and_safety_never(days, safety, field):
    faults = rules.snooze_faults(TODAY + timedelta(days=days), TODAY, safety=safety)

    assert [*faults] == ([] if field is None else [field])
