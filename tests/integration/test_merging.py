"""Two records of one person that become one, and two again exactly as they were."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import inspect, select

from resettle.cases.models import AssignmentKind
from resettle.consents.models import ConsentEntry, Item
from resettle.core.actor import SYSTEM
from resettle.core.db import Base
from resettle.core.errors import Conflict, Invalid
from resettle.core.sealed import PREFIX, SealedBytes
from resettle.duplicates import merging, moving, queries
from resettle.duplicates.acts import ProposeMerge, ProposeParting, Side
from resettle.duplicates.facts import CHOICES
from resettle.duplicates.models import DuplicateCandidate, MergeStatus, Verdict
from resettle.households.acts import PersonFacts
from resettle.households.models import (
    Household,
    HouseholdMember,
    LeaveReason,
    Person,
    PersonLanguage,
    Sex,
)
from resettle.households.rules import Coded
from resettle.names.models import NameKey
from resettle.people.acts import ContactDetails, RecordNeed, RecordRelative
from resettle.people.models import Photo, Relative, SpecificNeed
from resettle.people.service import change_contact, change_person, record_need, record_relative
from tests.world import a_caseworker, a_consent, a_household, a_member

KEEP = ProposeMerge(keep=Side.THIS, take=["phone", "born_on"], reason="Their cards are the same.")
APART = ProposeParting(reason="They are cousins.")


@pytest.fixture
def pair(transactions):
    """Give two households with a record each of one woman, and two caseworkers of both."""
    with transactions.begin(SYSTEM, "arrange") as uow:
        here, there = a_household(uow), a_household(uow)
        kept = a_member(uow, here, given_name="Zahra", name_in_script="زهرا حیدری")
        gone = a_member(uow, there, given_name="Zohra", born_on=date(1990, 5, 18))
        told = PersonFacts(unhcr_individual_id="199-00265997", religion=Coded("MUS"), sex=Sex.F)
        change_person(uow, gone.id, told)
        change_contact(uow, gone.id, ContactDetails(phone="+64 21 123 4567"))
        record_need(uow, gone.id, RecordNeed(code=Coded("DS-PM"), practical_support="No stairs"))
        record_relative(uow, gone.id, RecordRelative(name="Ali", relationship=Coded("SBM")))
        for person, languages in ((kept, ["prs"]), (gone, ["prs", "urd"])):
            for language in languages:
                uow.add(PersonLanguage(person_id=person.id, language=language))
        a_consent(uow, here, kept, Item.NAME, seq=1)
        a_consent(uow, there, gone, Item.NAME, seq=1)
        a_consent(uow, there, gone, Item.PHOTO, seq=2)
        photo = Photo(person_id=gone.id, media_type="image/jpeg", width=1, height=1)
        photo.content = b"a picture"
        uow.add(photo)
        first = a_caseworker(uow, here, there)
        second = a_caseworker(uow, here, there, kind=AssignmentKind.SECOND)
        candidate = _a_pair(uow, kept, gone)
    return kept, gone, candidate, first, second


def snapshot(transactions):
    """Read every row of every table as it would be told, but for versions and looks."""
    ignored = {"version", "updated_at", "updated_by"}
    left_out = {
        "person_merge",
        "household_change",
        "audit_entry",
        "audit_head",
        "data_key",
        "job",
        "name_key",
    }
    rows = {}
    with transactions.begin(SYSTEM, "look", read_only=True) as uow:
        for mapper in Base.registry.mappers:
            if mapper.local_table.name in left_out | {"duplicate_candidate", "number_key"}:
                continue
            model = mapper.class_
            names = [a.key for a in mapper.column_attrs if a.key not in ignored]
            for row in uow.session.scalars(uow.touching(select(model), model)).all():
                plain = tuple(_told(row, mapper, name) for name in names)
                rows[model.__name__, str(inspect(row).identity)] = plain
    return rows


def _told(row, mapper, name):
    if isinstance(mapper.columns[name].type, SealedBytes) and name.startswith(PREFIX):
        return getattr(row, name.removeprefix(PREFIX))
    return str(getattr(row, name))


def proposed(transactions, actor, candidate, command=KEEP):
    with transactions.begin(actor, "test") as uow:
        return merging.propose(uow, candidate.id, command)


def confirmed(transactions, actor, merge):
    with transactions.begin(actor, "test") as uow:
        return merging.confirm(uow, merge.id)


def merged(transactions, pair, command=KEEP):
    _kept, _gone, candidate, first, second = pair
    return confirmed(transactions, second, proposed(transactions, first, candidate, command))


def photos_of(transactions, *people):
    with transactions.begin(SYSTEM, "look", read_only=True) as uow:
        found = {photo.person_id: photo.content for photo in uow.all(uow.select(Photo))}
    return [found[person.id] for person in people]


class TestMerge:
    def test_what_is_recorded_about_the_person_follows(self, transactions, pair):
        kept, gone, *_ = pair

        merged(transactions, pair)

        with transactions.begin(SYSTEM, "look", read_only=True) as uow:

            def of(model, id_):
                return uow.all(uow.select(model).where(model.person_id == id_).order_by(model.id))

            assert [need.practical_support for need in of(SpecificNeed, kept.id)] == ["No stairs"]
            assert of(SpecificNeed, kept.id)[0].code is not None
            assert [relative.name for relative in of(Relative, kept.id)] == ["Ali"]
            assert of(Photo, kept.id)[0].content == b"a picture"
            assert {row.language for row in of(PersonLanguage, kept.id)} == {"prs", "urd"}
            assert [row.language for row in of(PersonLanguage, gone.id)] == ["prs"]
            assert {entry.seq for entry in of(ConsentEntry, kept.id)} == {1, 2, 3}
            assert of(HouseholdMember, gone.id) == []

    def test_the_chosen_facts_are_taken_and_no_others(self, transactions, pair):
        kept, *_ = pair

        merged(transactions, pair)

        with transactions.begin(SYSTEM, "look", read_only=True) as uow:
            person = uow.find(Person, kept.id)
            assert (person.given_name, person.born_on) == ("Zahra", date(1990, 5, 18))
            assert person.phone == "+64 21 123 4567"
            assert person.unhcr_individual_id is None
            assert person.aliases == ["Zohra Haidari"]

    def test_the_name_that_goes_still_finds_the_person(self, transactions, pair):
        kept, *_ = pair

        merged(transactions, pair)

        with transactions.begin(SYSTEM, "look", read_only=True) as uow:
            words = uow.all(uow.select(NameKey).where(NameKey.person_id == kept.id))
            assert {"sahra", "sohra", "haidari"} <= {word.letters for word in words}

    def test_the_photo_that_was_chosen_stays_and_both_come_back(self, transactions, pair):
        kept, gone, *_ = pair
        with transactions.begin(SYSTEM, "arrange") as uow:
            photo = Photo(person_id=kept.id, media_type="image/jpeg", width=2, height=2)
            photo.content = b"an older picture"
            uow.add(photo)
        command = ProposeMerge(keep=Side.THIS, take=["photo"], reason="The newer one.")
        before = snapshot(transactions)

        merge = merged(transactions, pair, command)

        assert photos_of(transactions, kept, gone) == [b"a picture", b"an older picture"]
        _apart(transactions, pair, merge)
        assert photos_of(transactions, kept, gone) == [b"an older picture", b"a picture"]
        assert snapshot(transactions) == before

    def test_a_photo_replaced_since_stays_where_it_is(self, transactions, pair):
        kept, gone, *_ = pair
        with transactions.begin(SYSTEM, "arrange") as uow:
            photo = Photo(person_id=kept.id, media_type="image/jpeg", width=2, height=2)
            photo.content = b"an older picture"
            uow.add(photo)
        command = ProposeMerge(keep=Side.THIS, take=["photo"], reason="The newer one.")
        merge = merged(transactions, pair, command)
        with transactions.begin(SYSTEM, "arrange") as uow:
            (now,) = uow.all(uow.select(Photo).where(Photo.person_id == kept.id))
            now.content = b"the newest"

        _apart(transactions, pair, merge)

        assert photos_of(transactions, kept, gone) == [b"the newest", b"an older picture"]

    def test_nobody_lives_twice(self, transactions, pair):
        kept, *_ = pair

        merged(transactions, pair)

        with transactions.begin(SYSTEM, "look", read_only=True) as uow:
            stays = uow.all(uow.select(HouseholdMember).order_by(HouseholdMember.left_on))
            assert {stay.person_id for stay in stays} == {kept.id}
            assert {stay.leave_reason for stay in stays} == {
                None,
                LeaveReason.JOINED_OTHER_HOUSEHOLD,
            }

    def test_two_records_in_one_household_leave_one(self, transactions):
        with transactions.begin(SYSTEM, "arrange") as uow:
            home = a_household(uow)
            kept, gone = a_member(uow, home), a_member(uow, home, "SIL")
            first, second = (
                a_caseworker(uow, home),
                a_caseworker(uow, home, kind=AssignmentKind.SECOND),
            )
            pair_ = _a_pair(uow, kept, gone)
        merged(transactions, (kept, gone, pair_, first, second))

        with transactions.begin(SYSTEM, "look", read_only=True) as uow:
            (left,) = uow.all(
                uow.select(HouseholdMember).where(HouseholdMember.left_on.is_not(None))
            )
            assert left.leave_reason is LeaveReason.RECORDED_IN_ERROR

    def test_the_household_bears_the_name_that_was_chosen(self, transactions, pair):
        _kept, gone, *_ = pair
        with transactions.begin(SYSTEM, "arrange") as uow:
            change_person(uow, gone.id, PersonFacts(family_name="Heydari"))
        command = ProposeMerge(keep=Side.THIS, take=["family_name"], reason="The passport.")

        merge = merged(transactions, pair, command)

        assert _display_names(transactions) == {"Heydari"}
        _apart(transactions, pair, merge)
        assert _display_names(transactions) == {"Heydari", "Haidari"}

    def test_the_pair_is_decided_and_the_record_that_went_is_no_duplicate(self, transactions, pair):
        kept, _gone, candidate, *_ = pair

        merged(transactions, pair)

        with transactions.begin(SYSTEM, "look") as uow:
            assert uow.find(type(candidate), candidate.id).verdict is Verdict.SAME
            assert queries.possible_duplicates(uow, uow.find(Person, kept.id)) == []

    def test_nothing_happens_until_a_second_person_confirms(self, transactions, pair):
        _kept, _gone, candidate, first, _second = pair
        before = snapshot(transactions)

        merge = proposed(transactions, first, candidate)
        with pytest.raises(Conflict, match="Somebody else"):
            confirmed(transactions, first, merge)

        assert snapshot(transactions) == before

    def test_who_does_not_look_after_both_can_do_neither(self, transactions, pair):
        kept, _gone, candidate, first, _second = pair
        with transactions.begin(SYSTEM, "arrange") as uow:
            stay = uow.first(
                uow.select(HouseholdMember).where(HouseholdMember.person_id == kept.id)
            )
            half = a_caseworker(
                uow, uow.find(Household, stay.household_id), kind=AssignmentKind.SECOND
            )
        with pytest.raises(Conflict, match="both people"):
            proposed(transactions, half, candidate)
        merge = proposed(transactions, first, candidate)
        with pytest.raises(Conflict, match="both people"):
            confirmed(transactions, half, merge)

    def test_what_was_changed_since_is_looked_at_anew(self, transactions, pair):
        _kept, gone, candidate, first, second = pair
        merge = proposed(transactions, first, candidate)
        with transactions.begin(SYSTEM, "arrange") as uow:
            change_person(uow, gone.id, PersonFacts(given_name="Zuhra"))

        with pytest.raises(Conflict, match="changed since"):
            confirmed(transactions, second, merge)

    def test_who_leads_others_cannot_go(self, transactions, pair):
        _kept, gone, candidate, first, _second = pair
        with transactions.begin(SYSTEM, "arrange") as uow:
            stay = uow.first(
                uow.select(HouseholdMember).where(HouseholdMember.person_id == gone.id)
            )
            a_member(uow, uow.find(Household, stay.household_id), "SON", given_name="Ali")

        with pytest.raises(Conflict, match="leads a household"):
            proposed(transactions, first, candidate)
        other = ProposeMerge(keep=Side.OTHER, reason="They lead the bigger household.")
        assert proposed(transactions, first, candidate, other).kept_id == gone.id

    def test_a_fact_that_there_is_not_is_refused(self, transactions, pair):
        _kept, _gone, candidate, first, _second = pair
        command = ProposeMerge(keep=Side.THIS, take=["version"], reason="Why not?")

        with pytest.raises(Invalid):
            proposed(transactions, first, candidate, command)

    def test_whoever_had_left_has_the_home_of_the_record_that_goes(self, transactions, pair):
        kept, gone, *_ = pair
        with transactions.begin(SYSTEM, "arrange") as uow:
            query = uow.select(HouseholdMember).where(HouseholdMember.person_id == kept.id)
            uow.first(query).left_on = date(2026, 2, 1)
            change_person(
                uow,
                gone.id,
                PersonFacts(
                    education_level="SE", source_codes={"education_level": {"source_code": "SE"}}
                ),
            )
        command = ProposeMerge(keep=Side.THIS, take=["education_level"], reason="Cards.")
        before = snapshot(transactions)

        merge = merged(transactions, pair, command)

        with transactions.begin(SYSTEM, "look", read_only=True) as uow:
            assert moving.open_stay(uow, kept.id) is not None
            person = uow.find(Person, kept.id)
            assert person.source_codes["education_level"] == {"source_code": "SE"}
        _apart(transactions, pair, merge)
        assert snapshot(transactions) == before

    def test_a_proposal_may_be_taken_back_once(self, transactions, pair):
        _kept, _gone, candidate, first, second = pair
        merge = proposed(transactions, first, candidate)
        with transactions.begin(first, "test") as uow:
            assert merging.withdraw(uow, merge.id).status is MergeStatus.WITHDRAWN

        with transactions.begin(first, "test") as uow, pytest.raises(Conflict):
            merging.withdraw(uow, merge.id)
        with pytest.raises(Conflict, match="nothing to confirm"):
            confirmed(transactions, second, merge)


def _a_pair(uow, kept, gone):
    return uow.add(
        DuplicateCandidate(person_id=kept.id, other_id=gone.id, score=80, reasons=["Alike."])
    )


def _display_names(transactions):
    with transactions.begin(SYSTEM, "look", read_only=True) as uow:
        return {home.display_name for home in uow.all(uow.select(Household))}


def _apart(transactions, pair, merge):
    *_, first, second = pair
    with transactions.begin(second, "test") as uow:
        merging.propose_parting(uow, merge.id, APART)
    return confirmed(transactions, first, merge)


class TestParting:
    @pytest.mark.parametrize("keep", Side)
    def test_both_records_are_as_they_were(self, transactions, pair, keep):
        before = snapshot(transactions)
        command = ProposeMerge(keep=keep, take=["phone", "born_on", "religion"], reason="Cards.")
        merge = merged(transactions, pair, command)
        assert snapshot(transactions) != before

        assert _apart(transactions, pair, merge).status is MergeStatus.PARTED

        assert snapshot(transactions) == before

    def test_what_was_corrected_and_added_since_stays(self, transactions, pair):
        kept, *_ = pair
        merge = merged(transactions, pair)
        with transactions.begin(SYSTEM, "arrange") as uow:
            change_contact(uow, kept.id, ContactDetails(phone="+64 21 765 4321"))
            record_relative(uow, kept.id, RecordRelative(name="Sara", relationship=Coded("SBF")))

        _apart(transactions, pair, merge)

        with transactions.begin(SYSTEM, "look", read_only=True) as uow:
            person = uow.find(Person, kept.id)
            assert (person.phone, person.born_on) == ("+64 21 765 4321", date(1990, 5, 17))
            relatives = uow.all(uow.select(Relative).where(Relative.person_id == kept.id))
            assert [relative.name for relative in relatives] == ["Sara"]

    def test_it_takes_two_as_well_and_may_be_taken_back(self, transactions, pair):
        *_, first, second = pair
        merge = merged(transactions, pair)
        with transactions.begin(second, "test") as uow:
            merging.propose_parting(uow, merge.id, APART)
        with pytest.raises(Conflict, match="Somebody else"):
            confirmed(transactions, second, merge)
        with transactions.begin(second, "test") as uow:
            assert merging.withdraw(uow, merge.id).status is MergeStatus.MERGED

        _apart(transactions, pair, merge)
        with transactions.begin(first, "test") as uow, pytest.raises(Conflict):
            merging.propose_parting(uow, merge.id, APART)

    def test_a_row_that_is_gone_meanwhile_is_passed_over(self, transactions, pair):
        kept, *_ = pair
        merge = merged(transactions, pair)
        with transactions.begin(SYSTEM, "arrange") as uow:
            uow.session.delete(uow.first(uow.select(Photo).where(Photo.person_id == kept.id)))

        assert _apart(transactions, pair, merge).status is MergeStatus.PARTED


TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12)
FACTS = st.fixed_dictionaries(
    {"given_name": TEXTS, "family_name": TEXTS},
    optional={
        "name_in_script": TEXTS,
        "other_names": TEXTS,
        "aliases": st.lists(TEXTS, max_size=2),
        "occupation_text": TEXTS,
        "years_schooling": st.integers(0, 20),
        "stateless": st.booleans(),
        "ethnicity": st.builds(Coded, TEXTS),
        "birth_place": TEXTS,
        "born_on": st.dates(date(1950, 1, 1), date(2000, 1, 1)),
        "english_assessed_on": st.dates(date(2025, 1, 1), date(2026, 1, 1)),
        "unhcr_individual_id": TEXTS,
    },
)


LANGUAGES = st.sets(st.sampled_from(["prs", "urd", "eng"]))
ONE = st.tuples(FACTS, st.integers(0, 3), LANGUAGES)


@settings(
    max_examples=20,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    told=st.tuples(ONE, ONE),
    keep=st.sampled_from(Side),
    take=st.lists(st.sampled_from(CHOICES), unique=True),
)
def test_whatever_is_merged_can_be_taken_apart(transactions, told, keep, take):
    with transactions.begin(SYSTEM, "arrange") as uow:
        here, there = a_household(uow), a_household(uow)
        people = [a_member(uow, here), a_member(uow, there)]
        for person, (facts, consents, languages) in zip(people, told, strict=True):
            change_person(uow, person.id, PersonFacts(**facts))
            for seq in range(1, consents + 1):
                moment = uow.now - timedelta(days=seq)
                a_consent(uow, here, person, Item.NAME, seq=seq, valid_from=moment)
            for language in languages:
                uow.add(PersonLanguage(person_id=person.id, language=language))
        workers = [
            a_caseworker(uow, here, there, kind=kind)
            for kind in (AssignmentKind.PRIMARY, AssignmentKind.SECOND)
        ]
        candidate = _a_pair(uow, *people)
    before = snapshot(transactions)
    pair = (*people, candidate, *workers)

    merge = merged(transactions, pair, ProposeMerge(keep=keep, take=take, reason="Cards."))
    _apart(transactions, pair, merge)

    assert snapshot(transactions) == before


def test_every_reference_to_a_person_is_known():
    assert ("household_member", "guardian_id") in {
        (model.__tablename__, name) for model, name in moving.references()
    }
    assert moving.references()[0] == (HouseholdMember, "person_id")
