"""A contact is noted, amended, kept in confidence, and a text of its own shared with the others."""

import re
from datetime import date

import pytest
from sqlalchemy import select

from resettle.casework.models import ContactNote, SharedNote
from resettle.consents.models import Item
from resettle.core.actor import SYSTEM
from resettle.households.models import Household
from resettle.placements.models import Sponsorship, SponsorshipStatus
from resettle.sponsors.models import SponsorMember
from resettle.tasks.models import Task
from tests.desks import a_quota_household
from tests.functional import filled
from tests.world import (
    a_caseworker,
    a_consent,
    a_household,
    a_member,
    a_person_signed_in,
    a_sponsor_of,
)

SAID = "She spoke of her cousin, and of the rent"
THEIRS = "Lifts to the clinic on Tuesdays would help"


@pytest.fixture
def family(transactions, client_of):
    """Give clients of the caseworker, the sponsor and a person of one household, and its id."""
    with transactions.begin(SYSTEM, "arrange") as uow:
        household = a_household(uow)
        zahra = a_member(uow, household)
        reza = a_member(uow, household, "HUS", given_name="Reza")
        sponsor = a_sponsor_of(uow, household)
        (group_id,) = sponsor.group_ids
        for name, vetted in (("Aroha Ngata", date(2028, 1, 1)), ("Tim Late", date(2026, 1, 1))):
            uow.add(a_group_member(group_id, name, vetted, sponsor.user_id))
        for seq, person in enumerate((zahra, reza)):
            a_consent(uow, household, person, Item.PROFILE, seq=seq + 1)
        actors = [a_caseworker(uow, household), sponsor, a_person_signed_in(uow, zahra)]
    return *map(client_of, actors), household.id, zahra.id


def a_group_member(group_id, name, vetted_until, user_id):
    return SponsorMember(
        group_id=group_id,
        name=name,
        joined_on=date(2025, 1, 1),
        confirmed_by_group_by=user_id,
        confirmed_by_manager_by=user_id,
        vetted_until=vetted_until,
    )


def note_of(client, household_id, **typed) -> str:
    """Record a contact through its page, and give the address of the note."""
    path = f"/households/{household_id}/contact"
    filled.send(client, path, client.get(path).text, **{"text": SAID, **typed})
    page = client.get(f"/households/{household_id}/timeline").text
    return re.search(r'href="(/notes/[^"]+)"', page)[1]


def shared(client, note: str, text: str = THEIRS):
    """Share a text through its two pages."""
    path = f"{note}/sharing"
    typed = {"text": text, "reason": "They drive"}
    preview = filled.send(client, path, client.get(path).text, **typed)
    return preview, client.post(path, data=first_form(preview.text))


def first_form(page: str) -> dict:
    found = filled._Forms()  # noqa: SLF001  # a page with two forms
    found.feed(page)
    form = next(form for _, form in found.forms if ("confirmed", "true") in form)
    return {name: value for name, value in form if name != "csrf_token"}


class TestRecording:
    def test_the_least_is_enough(self, family, connection):
        worker, *_, household_id, _ = family

        note_of(worker, household_id)

        row = connection.execute(select(ContactNote.__table__)).one()
        assert (row.channel, row.visibility, row.language) == ("visit", "staff", "prs")
        assert row.confidential is False

    def test_who_was_there_is_ticked_or_written(self, family):
        worker, *_, household_id, zahra_id = family

        note = note_of(worker, household_id, present=[str(zahra_id)], others="Her neighbour")

        assert "Zahra Haidari, Her neighbour" in worker.get(note).text

    def test_its_topics_are_told_by_their_names(self, family):
        worker, *_, household_id, _zahra_id = family

        note = note_of(worker, household_id, domains=["HOU"])

        page = worker.get(note).text
        assert "Housing" in page
        assert "HOU" not in page

    def test_nobody_of_another_household_is_ticked(self, family, transactions):
        worker, *_, household_id, _ = family
        with transactions.begin(SYSTEM, "arrange") as uow:
            stranger = a_member(uow, a_household(uow))
        path = f"/households/{household_id}/contact"

        answer = filled.send(
            worker, path, worker.get(path).text, text=SAID, present=[str(stranger.id)]
        )

        assert answer.status_code == 422
        assert "Choose people of this household" in answer.text
        assert SAID in answer.text

    @pytest.mark.parametrize(
        ("typed", "due"),
        [
            ({}, date(2026, 3, 9)),
            ({"next_in": "1"}, date(2026, 3, 3)),
            ({"next_in": "30"}, date(2026, 4, 1)),
            ({"next_in": "", "next_due": "2026-03-20"}, date(2026, 3, 20)),
            ({"next_in": "1", "next_due": "2026-03-20"}, date(2026, 3, 20)),
        ],
    )
    def test_the_next_action_is_a_task_by_a_quick_choice(self, family, connection, typed, due):
        worker, *_, household_id, _ = family

        note_of(worker, household_id, next_action="Ring the landlord", **typed)

        assert connection.scalar(select(Task.__table__.c.due_on)) == due

    def test_without_a_next_action_no_day_is_asked(self, family, connection):
        worker, *_, household_id, _ = family

        note_of(worker, household_id)

        assert connection.execute(select(Task.__table__)).all() == []

    def test_an_action_on_no_day_is_asked_back(self, family):
        worker, *_, household_id, _ = family
        path = f"/households/{household_id}/contact"
        page = worker.get(path).text

        answer = filled.send(worker, path, page, text=SAID, next_action="Ring", next_in="")

        assert "Say by when the next action is due" in answer.text

    def test_from_anywhere_one_chooses_the_household_first(self, family, transactions):
        worker, *_, household_id, _ = family
        with transactions.begin(SYSTEM, "arrange") as uow:
            a_quota_household(uow, display_name="Strangers")

        page = worker.get("/contact").text

        assert f'href="/households/{household_id}/contact"' in page
        assert "Strangers" not in page

    def test_who_looks_after_nobody_chooses_nobody(self, transactions, client_of):
        with transactions.begin(SYSTEM, "arrange") as uow:
            idle = client_of(a_caseworker(uow))

        assert "You look after no household" in idle.get("/contact").text


class TestAmending:
    def test_every_version_stays_beside_the_newest(self, family, connection):
        worker, *_, household_id, _ = family
        note = note_of(worker, household_id)

        for text in ("Second thoughts", "Third thoughts"):
            path = re.search(r'href="(/notes/[^"]+/amendments)"', worker.get(note).text)[1]
            note = filled.send(worker, path, worker.get(path).text, text=text).location

        page = worker.get(note).text
        assert page.index("Third thoughts") < page.index("Second thoughts") < page.index(SAID)
        assert "Version 3" in page
        assert len(connection.execute(select(ContactNote.__table__)).all()) == 3

    def test_confidence_is_given_and_taken_back(self, family):
        worker, *_, household_id, _ = family
        note = note_of(worker, household_id, confidential="true")
        assert "(told in confidence)" in worker.get(f"/households/{household_id}/timeline").text

        path = f"{note}/amendments"
        newer = filled.send(worker, path, worker.get(path).text, confidential="false").location

        assert "Share with the sponsor group" in worker.get(newer).text

    def test_a_note_of_a_closer_circle_is_as_if_it_were_not_there(
        self, family, transactions, connection
    ):
        worker, *_, household_id, _ = family
        note = note_of(worker, household_id, visibility="health")

        assert worker.get(note).status_code == 200
        assert "not shared with anybody else" in worker.get(note).text


class TestSharing:
    def test_its_readers_are_named_before_and_exactly_the_text(self, family, connection):
        worker, *_, household_id, _ = family
        note = note_of(worker, household_id)

        preview, answer = shared(worker, note)

        assert preview.status_code == 200
        assert "Aroha Ngata" in preview.text
        assert "Tim Late" not in preview.text
        assert f'<p class="said" dir="auto">{THEIRS}</p>' in preview.text
        assert answer.status_code == 303

    def test_a_look_shares_nothing_yet(self, family, connection):
        worker, sponsor, _, household_id, _ = family
        note = note_of(worker, household_id)
        path = f"{note}/sharing"

        filled.send(worker, path, worker.get(path).text, text=THEIRS, reason="They drive")

        assert connection.execute(select(SharedNote.__table__)).all() == []
        assert THEIRS not in sponsor.get("/our-household").text

    def test_the_text_can_be_written_again(self, family):
        worker, *_, household_id, _ = family
        path = f"{note_of(worker, household_id)}/sharing"
        typed = {"text": THEIRS, "reason": "They drive"}

        page = filled.send(worker, path, worker.get(path).text, again="true", **typed).text

        assert f"{THEIRS}</textarea>" in page

    def test_sponsor_and_family_read_the_text_and_nothing_of_the_note(self, family):
        worker, sponsor, person, household_id, _ = family
        note = note_of(worker, household_id, next_action="Ring the landlord")

        shared(worker, note)

        for client, path in ((sponsor, "/our-household"), (person, "/my-household")):
            page = client.get(path).text
            assert THEIRS in page
            for secret in (SAID, "Ring the landlord", "They drive", note.split("/")[2]):
                assert secret not in page
        for client in (sponsor, person):
            (row,) = client.get(f"/api/households/{household_id}/shared-notes").get_json()["items"]
            assert row["text"] == THEIRS
            assert {"reason", "note_id", "unshare_reason"}.isdisjoint(row)
            assert client.get(note).status_code == 403

    def test_taken_back_it_is_hidden_at_once(self, family):
        worker, sponsor, person, household_id, _ = family
        note = note_of(worker, household_id)
        shared(worker, note)
        path = re.search(r'href="(/shared-notes/[^"]+)"', worker.get(note).text)[1]

        answer = filled.send(worker, path, worker.get(path).text, reason="They asked me to")

        assert answer.status_code == 303
        assert THEIRS not in sponsor.get("/our-household").text
        assert THEIRS not in person.get("/my-household").text
        assert worker.post(path, data={"reason": "Again"}).status_code == 422
        found = worker.get(f"/api/households/{household_id}/shared-notes").get_json()["items"]
        assert [row["unshare_reason"] for row in found] == ["They asked me to"]

    def test_a_group_that_supports_no_longer_reads_nothing(self, family, transactions):
        worker, sponsor, _, household_id, _ = family
        shared(worker, note_of(worker, household_id))
        with transactions.begin(SYSTEM, "arrange") as uow:
            match = uow.first(
                uow.select(Sponsorship).where(Sponsorship.household_id == household_id)
            )
            match.status, match.ended_on = SponsorshipStatus.ENDED, uow.today

        path = f"/api/households/{household_id}/shared-notes"
        assert sponsor.get(path).status_code == 404
        assert THEIRS not in sponsor.get("/our-household").text

    def test_the_next_group_does_not_read_what_was_meant_for_the_last(
        self, family, transactions, client_of
    ):
        worker, _, _, household_id, _ = family
        shared(worker, note_of(worker, household_id))
        with transactions.begin(SYSTEM, "arrange") as uow:
            match = uow.first(
                uow.select(Sponsorship).where(Sponsorship.household_id == household_id)
            )
            match.status, match.ended_on = SponsorshipStatus.ENDED, uow.today
            household = uow.find(Household, household_id)
            following = client_of(a_sponsor_of(uow, household))

        found = following.get(f"/api/households/{household_id}/shared-notes")

        assert found.status_code == 200
        assert found.get_json()["items"] == []

    def test_readers_who_changed_since_the_look_are_looked_at_again(self, family, transactions):
        worker, sponsor, _, household_id, _ = family
        note = note_of(worker, household_id)
        path = f"{note}/sharing"
        typed = {"text": THEIRS, "reason": "They drive"}
        preview = filled.send(worker, path, worker.get(path).text, **typed)
        actor = sponsor.environ_base["tests.actor"]
        with transactions.begin(SYSTEM, "arrange") as uow:
            (group_id,) = actor.group_ids
            uow.add(a_group_member(group_id, "Newly Here", date(2028, 1, 1), actor.user_id))

        answer = worker.post(path, data=first_form(preview.text))

        assert answer.status_code == 422
        assert "Who would read this has changed" in answer.text
        assert "Newly Here" in answer.text

    @pytest.mark.parametrize(
        ("typed", "why"),
        [
            ({"confidential": "true"}, "told in confidence"),
            ({"visibility": "health"}, "not shared with anybody else"),
        ],
    )
    def test_what_is_not_for_them_is_not_shared(self, family, typed, why):
        worker, *_, household_id, _ = family
        note = note_of(worker, household_id, **typed)

        page = worker.get(note).text
        answer = worker.post(
            f"/api{note}/sharing",
            json={"text": THEIRS, "reason": "They drive"},
            headers={"Idempotency-Key": "1" * 32},
        )

        assert why in page
        assert "See it as they will" not in page
        assert answer.status_code == 409

    def test_what_is_shared_is_not_shared_twice_nor_made_confidential(self, family):
        worker, *_, household_id, _ = family
        note = note_of(worker, household_id)
        shared(worker, note)
        path = f"{note}/amendments"

        twice = worker.post(f"{note}/sharing", data={"text": THEIRS, "reason": "Again"})
        kept = filled.send(worker, path, worker.get(path).text, confidential="true")

        assert twice.status_code == 409
        assert kept.status_code == 422
        assert "Take that back before you keep it in confidence" in kept.text

    def test_a_household_without_a_group_shares_with_nobody(self, transactions, client_of):
        with transactions.begin(SYSTEM, "arrange") as uow:
            household = a_quota_household(uow)
            worker = client_of(a_caseworker(uow, household))
        note = note_of(worker, household.id)

        assert "No sponsor group supports this household" in worker.get(note).text
        assert worker.get(f"{note}/sharing").status_code == 409

    def test_over_json(self, family):
        worker, sponsor, _, household_id, _ = family
        note = note_of(worker, household_id)
        body = {"text": THEIRS, "reason": "They drive"}

        made = worker.post(
            f"/api{note}/sharing", json=body, headers={"Idempotency-Key": "2" * 32}
        ).get_json()
        gone = worker.post(
            f"/api/shared-notes/{made['id']}/unsharing",
            json={"reason": "No longer true"},
            headers={"Idempotency-Key": "3" * 32},
        )

        assert gone.status_code == 201
        path = f"/api/households/{household_id}/shared-notes"
        assert sponsor.get(path).get_json()["items"] == []
