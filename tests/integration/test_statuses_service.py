"""Statuses of people: what is so since a day, kept through changes and corrections."""

from datetime import date, timedelta

import pytest

from resettle.core.actor import SYSTEM
from resettle.core.errors import Conflict, Invalid, NotFound
from resettle.statuses import queries, rules, service
from resettle.statuses.acts import CorrectStatus, RecordStatus, StillSo, TakeBackStatus
from resettle.statuses.models import PersonStatus
from tests.world import a_caseworker, a_household, a_member

TODAY, TOMORROW = date(2026, 3, 2), date(2026, 3, 3)
JANUARY, FEBRUARY = date(2026, 1, 12), date(2026, 2, 9)


@pytest.fixture
def uow(transactions):
    with transactions.begin(SYSTEM, "test") as uow:
        yield uow


@pytest.fixture
def person(uow):
    household = a_household(uow)
    person = a_member(uow, household, born_on=date(1990, 5, 1))
    uow.actor = a_caseworker(uow, household)
    return person


def record(uow, person, code="studying", kind="work", from_on=JANUARY, **more):
    return service.record(
        uow, person.id, RecordStatus(kind=kind, code=code, from_on=from_on, **more)
    )


def standing(uow, person, kind="work"):
    return [row.code for row in queries.standing(uow, person.id, kind)]


class TestRecord:
    def test_what_was_so_before_is_kept_until_the_day_before(self, uow, person):
        record(uow, person)
        record(uow, person, "casual", from_on=FEBRUARY)

        rows = queries.standing(uow, person.id, "work")
        assert [row.code for row in rows] == ["studying", "casual"]
        assert rules.last_days(queries.spells(rows)) == [FEBRUARY - timedelta(days=1), TODAY]

    def test_it_is_known_today_unless_another_day_is_told(self, uow, person):
        assert record(uow, person).known_on == TODAY
        told = record(uow, person, kind="benefit", code="none", known_on=FEBRUARY)
        assert told.known_on == FEBRUARY

    @pytest.mark.parametrize(
        ("field", "wrong"),
        [
            ("kind", {"kind": "hobby"}),
            ("code", {"code": "jobseeker"}),
            ("from_on", {"from_on": TOMORROW}),
            ("from_on", {"from_on": date(2005, 4, 30)}),
            ("known_on", {"known_on": TOMORROW}),
            ("known_on", {"known_on": JANUARY - timedelta(days=1)}),
        ],
    )
    def test_what_cannot_be_is_refused(self, uow, person, field, wrong):
        with pytest.raises(Invalid) as refused:
            record(uow, person, **wrong)
        assert [*refused.value.errors] == [field]

    def test_one_of_a_kind_begins_on_a_day(self, uow, person):
        record(uow, person)

        with pytest.raises(Conflict):
            record(uow, person, "casual")

    def test_of_somebody_elses_household_it_is_not_found(self, uow, person):
        uow.actor = SYSTEM
        uow.actor = a_caseworker(uow)

        with pytest.raises(NotFound):
            record(uow, person)


class TestStillSo:
    def test_it_is_known_to_hold_until_the_day_it_was_asked(self, uow, person):
        status = record(uow, person, known_on=JANUARY)

        assert service.still_so(uow, status.id, StillSo(known_on=FEBRUARY)).known_on == FEBRUARY
        assert service.still_so(uow, status.id, StillSo()).known_on == TODAY
        assert service.still_so(uow, status.id, StillSo(known_on=FEBRUARY)).known_on == TODAY

    def test_not_of_what_has_ended(self, uow, person):
        status = record(uow, person)
        record(uow, person, "casual", from_on=FEBRUARY)

        with pytest.raises(Conflict):
            service.still_so(uow, status.id, StillSo())


class TestCorrect:
    def test_what_was_wrong_stays_on_record_and_counts_no_more(self, uow, person):
        wrong = record(uow, person)
        told = CorrectStatus(code="caring", from_on=JANUARY, because="Misheard")

        right = service.correct(uow, wrong.id, told)

        assert right.corrects_id == wrong.id
        assert (wrong.code, wrong.corrected_because) == ("studying", "Misheard")
        assert wrong.corrected_at is not None
        assert standing(uow, person) == ["caring"]
        assert len(queries.statuses(uow, person.id)) == 2
        with pytest.raises(Conflict):
            service.correct(uow, wrong.id, told)

    def test_it_can_be_taken_back_with_a_reason(self, uow, person):
        wrong = record(uow, person)

        service.take_back(uow, wrong.id, TakeBackStatus(because="Of the brother"))

        assert standing(uow, person) == []
        assert wrong.corrected_because == "Of the brother"
        record(uow, person, "casual")


class TestEnglish:
    def test_the_persons_record_follows_the_last_level_that_stands(self, uow, person):
        record(uow, person, "1", "english")
        second = record(uow, person, "3", "english", FEBRUARY)
        assert (person.english_level, person.english_assessed_on) == (3, FEBRUARY)

        service.take_back(uow, second.id, TakeBackStatus(because="Of the brother"))
        assert (person.english_level, person.english_assessed_on) == (1, JANUARY)

    def test_a_test_that_was_on_record_before_is_kept_as_the_first(self, uow, person):
        person.english_level, person.english_assessed_on = 1, JANUARY

        record(uow, person, "2", "english", FEBRUARY)
        record(uow, person, "3", "english", TODAY)

        assert standing(uow, person, "english") == ["1", "2", "3"]

    def test_a_level_without_a_day_is_no_test(self, uow, person):
        person.english_level = 1

        record(uow, person, "2", "english", FEBRUARY)

        assert standing(uow, person, "english") == ["2"]

    def test_a_level_without_a_day_is_there_again_when_the_tests_are_taken_back(self, uow, person):
        person.english_level = 1
        first = record(uow, person, "2", "english", JANUARY)
        second = record(uow, person, "3", "english", FEBRUARY)

        for test, left in ((first, (3, FEBRUARY)), (second, (1, None))):
            service.take_back(uow, test.id, TakeBackStatus(because="Of the brother"))
            assert (person.english_level, person.english_assessed_on) == left

    def test_a_first_level_that_is_taken_back_leaves_none(self, uow, person):
        status = record(uow, person, "2", "english", FEBRUARY)

        service.take_back(uow, status.id, TakeBackStatus(because="Of the brother"))

        assert (person.english_level, person.english_assessed_on) == (None, None)


def test_what_is_recorded_is_sealed_with_the_persons_key(uow, person):
    record(uow, person, "health_limited", note="Told at the clinic")

    row = uow.session.connection().execute(PersonStatus.__table__.select()).mappings().one()
    assert b"health_limited" not in row["code"]
    assert b"clinic" not in row["note"]
