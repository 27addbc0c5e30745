"""Changes of a household, on pages and over JSON: seen first, confirmed, recorded, undone."""

import re
from datetime import date
from uuid import uuid4

import pytest

from resettle.changes.models import HouseholdChange
from resettle.changes.providers import take_effect
from resettle.core.actor import SYSTEM
from resettle.households.models import Household, Sex, Stream
from resettle.households.queries import current_members
from tests.desks import QUOTA
from tests.world import a_caseworker, a_household, a_member, a_user

TODAY = "2026-03-02"
ARRIVED = date(2025, 12, 1)
NEVER = "99999999-9999-4999-8999-999999999999"


@pytest.fixture
def file(transactions, client_of):
    return File(transactions, client_of)


class File:
    """A couple with a child, a second household, and the caseworker of both."""

    def __init__(self, transactions, client_of):
        self.transactions = transactions
        with transactions.begin(SYSTEM, "arrange") as uow:
            self.home = a_household(uow, **QUOTA, location="CHC", arrived_on=ARRIVED)
            self.head = self.member(uow, "PA", given_name="Karim", sex=Sex.M)
            self.wife = self.member(uow, "WIF", given_name="Zahra")
            self.child = self.member(uow, "SON", given_name="Omid", born_on=date(2015, 4, 1))
            self.other = a_household(uow, **QUOTA, display_name="Amiri")
            self.mother = a_member(uow, self.other, given_name="Nasrin", joined_on=ARRIVED)
            worker = a_caseworker(uow, self.home, self.other)
        self.client = client_of(worker)
        self.at = f"/households/{self.home.id}/changes"

    def member(self, uow, relationship, **facts):
        return a_member(uow, self.home, relationship, joined_on=ARRIVED, **facts).id

    def member_of_the_other(self, relationship, **facts):
        with self.transactions.begin(SYSTEM, "arrange") as uow:
            return a_member(uow, self.other, relationship, joined_on=ARRIVED, **facts).id

    def sends(self, kind, **form):
        """Send a form with the version that its page showed."""
        version = re.search(
            r'name="version" value="(\d+)"', self.client.get(f"{self.at}/{kind}").text
        )
        given = {"version": version[1], "form_key": uuid4().hex, **form}
        return self.client.post(f"{self.at}/{kind}", data=given)

    def people(self, household=None):
        with self.transactions.begin(SYSTEM, "look") as uow:
            return {m.person_id for m in current_members(uow, (household or self.home).id)}

    def stay(self, person_id):
        """Name the membership of somebody at home."""
        with self.transactions.begin(SYSTEM, "look") as uow:
            return {m.person_id: m.id for m in current_members(uow, self.home.id)}[person_id]

    def api(self, path, **body):
        headers = {"Idempotency-Key": uuid4().hex}
        return self.client.post(f"/api{path}", json=body, headers=headers)


FORMS = {
    "birth": lambda _: {
        "family_name": "Haidari", "given_name": "Sara", "sex": "F", "born_on": TODAY,
        "relationship": "DAU",
    },
    "departure": lambda f: {"left_on": TODAY, "member_id": f.stay(f.wife), "reason": "moved_out"},
    "death": lambda f: {"on": TODAY, "person_id": f.head, "successor_id": f.wife},
    "marriage": lambda f: {
        "on": TODAY, "person_id": f.head, "partner_id": f.wife, "marital_status": "MA",
    },
    "separation": lambda f: {
        "on": TODAY, "person_id": f.head, "partner_id": f.wife, "marital_status": "SR",
        "people": [f"{f.wife}:PA", f"{f.child}:SON"], "location": "WLG",
    },
    "split": lambda f: {"on": TODAY, "people": f"{f.wife}:PA"},
    "join": lambda f: {"on": TODAY, "other_id": f.other.id, "people": f"{f.mother.id}:ILF"},
    "move": lambda _: {"on": TODAY, "overseas": "false", "location": "WLG"},
}  # fmt: skip
each_kind = pytest.mark.parametrize("kind", FORMS)


class TestPages:
    @each_kind
    def test_what_would_follow_is_told_first_and_nothing_is_done(self, file, kind):
        before = file.people()

        page = file.sends(kind, **FORMS[kind](file))

        assert page.status_code == 200, page.text
        assert "Nothing has been changed yet." in page.text
        assert 'name="confirmed" value="true"' in page.text
        assert file.people() == before
        assert "Nothing has been recorded here yet." in file.client.get(file.at).text

    @each_kind
    def test_confirmed_it_is_done_told_and_can_be_undone(self, file, kind):
        before = file.people()

        done = file.sends(kind, **FORMS[kind](file), confirmed="true")

        assert (done.status_code, done.location) == (303, file.at)
        listed = file.client.get(file.at).text
        assert "Can be undone until" in listed
        assert "Change: " in file.client.get(f"/households/{file.home.id}/timeline").text
        undo = re.search(r'action="(/changes/[^"]+/undo)"', listed)[1]
        assert file.client.post(undo, data={}).status_code == 303
        assert file.people() == before
        assert "Nothing below holds any more." in file.client.get(file.at).text

    def test_whoever_leads_the_household_leaves_it_to_somebody(self, file):
        form = {"left_on": TODAY, "member_id": file.stay(file.head), "reason": "left_new_zealand"}

        alone = file.sends("departure", **form)
        told = file.sends("departure", **form, successor_id=file.stay(file.wife))

        assert alone.status_code == 422
        assert "Name the member who becomes the principal applicant." in alone.text
        assert "Nothing has been changed yet." in told.text

    def test_nobody_dies_by_leaving(self, file):
        form = {"left_on": TODAY, "member_id": file.stay(file.wife)}

        assert "Died" not in file.client.get(f"{file.at}/departure").text
        assert file.sends("departure", **form, reason="died").status_code == 422

    def test_what_is_wrong_stands_beside_its_field(self, file):
        page = file.sends("split", on=TODAY, people=f"{file.wife}:SON")

        assert page.status_code == 422
        assert (
            "Name exactly one of those who move out as the principal applicant there." in page.text
        )

    def test_who_comes_is_asked_once_the_household_is_known(self, file):
        page = file.sends("join", on=TODAY, other_id=file.other.id)

        assert page.status_code == 422
        assert "Nasrin" in page.text

    def test_somebody_new_marries_into_the_household(self, file):
        new = {"family_name": "Rahimi", "sex": "F", "born_on": "1995-01-01", "relationship": "WIF"}
        asked = {"on": TODAY, "person_id": file.head, "marital_status": "MA", **new}

        assert file.sends("marriage", **asked | {"sex": ""}).status_code == 422
        assert file.sends("marriage", **asked, confirmed="true").status_code == 303
        assert len(file.people()) == 4

    def test_whoever_saw_an_older_file_does_not_change_it(self, file):
        form = {"on": TODAY, "people": f"{file.wife}:PA", "confirmed": "true"}
        file.sends("birth", **FORMS["birth"](file), confirmed="true")

        page = file.client.post(f"{file.at}/split", data={**form, "version": "1"})

        assert page.status_code == 422
        assert file.wife in file.people()

    @pytest.mark.parametrize("people", ["nobody:PA", f"{NEVER}:NONE"])
    def test_a_place_that_is_none_is_refused(self, file, people):
        assert file.sends("split", on=TODAY, people=people).status_code == 422

    def test_somebody_of_another_file_is_chosen_by_name_and_joins(self, file):
        aunt = file.member_of_the_other("SIS", given_name="Mina")
        assert "Mina" not in file.client.get(f"{file.at}/marriage").text
        asked = {"on": TODAY, "person_id": file.head, "marital_status": "MA"}
        sought = file.sends("marriage", **asked, partner_name="مینا")
        assert sought.status_code == 422
        assert f"Mina Haidari, {file.other.reference}" in sought.text
        assert "Choose above who is meant." in sought.text
        assert 'value="مینا"' in sought.text
        asked = {"on": TODAY, "person_id": file.head, "partner_id": aunt, "marital_status": "MA"}
        without = file.sends("marriage", **asked)
        assert without.status_code == 422
        assert "Say what the partner is to the principal applicant." in without.text
        assert file.sends("marriage", **asked, relationship="WIF").status_code == 200
        done = file.sends("marriage", **asked, relationship="WIF", confirmed="true")
        assert done.status_code == 303
        assert aunt in file.people()
        assert aunt not in file.people(file.other)

    @pytest.mark.parametrize("kind", ["split", "separation", "move"])
    def test_who_looks_after_it_from_then_on_is_chosen(self, file, kind):
        with file.transactions.begin(SYSTEM, "arrange") as uow:
            sina = a_user(uow, name="Sina Leota")

        assert "Sina Leota" in file.client.get(f"{file.at}/{kind}").text
        told = file.sends(kind, **FORMS[kind](file), caseworker_id=sina.id)
        assert re.search(r"Sina Leota looks after \S+ from 2 March 2026", told.text), told.text
        done = file.sends(kind, **FORMS[kind](file), caseworker_id=sina.id, confirmed="true")
        assert done.status_code == 303
        # Who has handed a file over does not have it any more, and is led where they are known.
        assert file.client.get(done.location).status_code == 200

    def test_who_cannot_look_after_it_is_told_beside_the_field(self, file):
        page = file.sends("split", **FORMS["split"](file), caseworker_id=NEVER)

        assert page.status_code == 422
        assert "This account cannot look after the household." in page.text

    @pytest.mark.parametrize("kind", ["split", "move"])
    def test_a_place_that_is_none_is_refused_beside_its_field(self, file, kind):
        page = file.sends(kind, **FORMS[kind](file) | {"location": "XYZ"})

        assert page.status_code == 422
        assert "Choose one of the settlement locations." in page.text

    def test_a_sponsored_household_may_move_to_any_town(self, file):
        with file.transactions.begin(SYSTEM, "arrange") as uow:
            uow.find(Household, file.home.id).stream = Stream.CORS

        assert "Or another town" in file.client.get(f"{file.at}/move").text
        move = {"on": TODAY, "overseas": "false", "town": "Whangārei"}
        assert "becomes Whangārei." in file.sends("move", **move).text
        assert file.sends("move", **move | {"town": "12"}).status_code == 422

    def test_a_move_of_a_sponsored_household_asks_what_becomes_of_the_support(self, file):
        assert "What becomes of the sponsor" not in file.client.get(f"{file.at}/move").text


class TestOneByOne:
    """Who joins or leaves under an address of households is a change like any other."""

    def listed(self, file):
        return file.client.get(f"/api{file.at}").json["items"]

    def test_somebody_who_joins_is_told_and_can_be_undone(self, file):
        before = file.people()
        form = {
            "family_name": "Rahimi", "given_name": "Mina", "sex": "F", "born_on": "1960-01-01",
            "relationship": "ILF", "joined_on": TODAY,
        }  # fmt: skip

        def send(**more):
            path = f"/households/{file.home.id}/newcomers/new"
            return file.client.post(path, data={"form_key": uuid4().hex, **form, **more})

        seen = send()
        assert seen.status_code == 200
        assert "Nothing has been changed yet." in seen.text
        assert "Mina belongs to" in seen.text
        assert file.people() == before
        done = send(confirmed="true")

        assert done.status_code == 303
        (change,) = self.listed(file)
        assert change["kind"] == "newcomer"
        assert "Somebody joined, " in file.client.get(file.at).text
        assert file.api(f"/changes/{change['id']}/undo").status_code == 200
        assert file.people() == before

    def test_a_birth_under_the_older_address_is_the_same_change(self, file):
        birth = {"family_name": "Haidari", "sex": "F", "born_on": TODAY, "relationship": "DAU"}

        made = file.api(f"/households/{file.home.id}/births", **birth)

        assert made.status_code == 201
        assert [each["kind"] for each in self.listed(file)] == ["birth"]

    def test_what_follows_if_somebody_joins_is_told_before(self, file):
        before = file.people()
        person = {
            "family_name": "Rahimi",
            "given_name": "Mina",
            "sex": "F",
            "born_on": "1960-01-01",
        }
        joins = {"person": person, "relationship": "ILF", "joined_on": TODAY}

        told = file.api(f"/households/{file.home.id}/members/preview", **joins)

        assert told.status_code == 200
        assert told.json["kind"] == "newcomer"
        lines = [line["text"] for each in told.json["files"] for line in each["lines"]]
        assert any(line.startswith("Mina belongs to") for line in lines)
        assert (file.people(), self.listed(file)) == (before, [])

    def test_what_follows_if_somebody_leaves_is_told_before(self, file):
        before = file.people()
        left = {"left_on": TODAY, "reason": "moved_out"}

        told = file.api(f"/households/members/{file.stay(file.wife)}/departure/preview", **left)

        assert told.status_code == 200
        assert told.json["kind"] == "departure"
        lines = [line["text"] for each in told.json["files"] for line in each["lines"]]
        assert any("Zahra" in line and "no longer belongs" in line for line in lines)
        assert (file.people(), self.listed(file)) == (before, [])

    @pytest.mark.parametrize("reason", ["moved_out", "died"])
    def test_who_leaves_or_dies_under_it_is_one_too(self, file, reason):
        before = file.people()
        stays = file.client.get(f"/api/households/{file.home.id}/members").json["items"]
        stay = next(each for each in stays if each["person_id"] == str(file.wife))
        left = {"left_on": TODAY, "reason": reason}

        gone = file.api(f"/households/members/{stay['id']}/departure", **left)

        assert (gone.status_code, gone.json["left_on"]) == (200, TODAY)
        (change,) = self.listed(file)
        assert change["kind"] == "departure"
        assert file.api(f"/changes/{change['id']}/undo").status_code == 200
        assert file.people() == before

    def test_whoever_leads_dies_only_with_somebody_who_follows(self, file):
        stays = file.client.get(f"/api/households/{file.home.id}/members").json["items"]
        known = {each["person_id"]: each["id"] for each in stays}
        path = f"/households/members/{known[str(file.head)]}/departure"
        died = {"left_on": TODAY, "reason": "died"}

        assert file.api(path, **died).status_code == 422
        assert file.api(path, **died, successor_id=known[str(file.wife)]).status_code == 200
        assert file.api(path, **died).status_code == 409

    def test_nobody_leaves_on_a_day_to_come(self, file):
        stays = file.client.get(f"/api/households/{file.home.id}/members").json["items"]
        left = {"left_on": "2026-04-01", "reason": "moved_out"}

        refused = file.api(f"/households/members/{stays[-1]['id']}/departure", **left)

        assert refused.json["errors"].keys() == {"left_on"}


class TestApi:
    def test_a_preview_leaves_nothing(self, file):
        body = {"kind": "split", "on": TODAY}
        body["people"] = [{"person_id": str(file.wife), "relationship": "PA"}]

        told = file.api(f"{file.at}/preview", **body)

        assert told.status_code == 200
        assert told.json["files"][0]["reference"] == file.home.reference
        assert file.client.get(f"/api{file.at}").json["items"] == []

    def test_of_two_who_saw_the_same_the_second_is_told_so(self, file):
        with file.transactions.begin(SYSTEM, "look") as uow:
            version = uow.find(Household, file.home.id).version
        birth = {"kind": "birth", "version": version, **FORMS["birth"](file)}

        assert file.api(file.at, **birth).status_code == 200
        assert file.api(file.at, **birth).status_code == 412

    def test_what_belongs_to_another_kind_is_refused_field_by_field(self, file):
        answer = file.api(file.at, kind="death", overseas=True)

        assert answer.status_code == 422
        assert answer.json["errors"].keys() == {"overseas", "on", "person_id"}

    def test_who_hands_the_file_over_with_it_is_answered_all_the_same(self, file):
        with file.transactions.begin(SYSTEM, "arrange") as uow:
            sina = a_user(uow, name="Sina Leota")
        move = {"kind": "move", "on": TODAY, "location": "WLG", "caseworker_id": str(sina.id)}

        assert file.api(f"{file.at}/preview", **move).status_code == 200
        assert file.api(file.at, **move).status_code == 200
        assert file.client.get(f"/api{file.at}").status_code == 404

    def test_a_change_is_undone_once(self, file):
        made = file.api(file.at, kind="move", on=TODAY, location="WLG").json

        assert file.api(f"/changes/{made['id']}/undo").json["undone_at"]
        assert file.api(f"/changes/{made['id']}/undo").status_code == 409

    def test_it_is_told_in_both_files_and_undone_in_the_first(self, file):
        body = {"kind": "split", "on": TODAY}
        body["people"] = [{"person_id": str(file.wife), "relationship": "PA"}]
        made = file.api(file.at, **body).json
        with file.transactions.begin(SYSTEM, "look") as uow:
            part = uow.first(
                uow.select(HouseholdChange).where(HouseholdChange.part_of.is_not(None))
            )

        assert not any("A file of its own" in line["text"] for line in made["lines"])
        assert file.api(f"/changes/{part.id}/undo").status_code == 409

    def test_it_is_undone_within_the_window_only(self, file, clock):
        made = file.api(file.at, kind="move", on=TODAY, location="WLG").json
        clock.forward(days=60)

        late = file.api(f"/changes/{made['id']}/undo")

        assert late.status_code == 409
        assert "This could be undone until" in late.json["detail"]

    def test_a_change_of_provider_is_not_undone_file_by_file(self, file):
        with file.transactions.begin(SYSTEM, "arrange") as uow:
            home = uow.find(Household, file.home.id)
            take_effect(uow, home, "Kāhui Tū Kaha")
        listed = file.client.get(f"/api{file.at}").json["items"]

        assert [each["kind"] for each in listed] == ["provider"]
        assert file.api(f"/changes/{listed[0]['id']}/undo").status_code == 409
