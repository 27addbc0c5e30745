"""Documents over HTTP: filed by form and by JSON, handed out as files, kept from others."""

from io import BytesIO
from uuid import UUID

import pytest
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from resettle.cases.models import Assignment
from resettle.cases.papers import ChecklistItem, ItemStatus
from resettle.core.actor import SYSTEM
from resettle.core.audit import AuditEntry
from resettle.documents.models import Document
from resettle.documents.rules import State
from resettle.households.models import HouseholdMember
from tests import journeys
from tests.functional.keys import with_keys
from tests.unit.files_sent import HOSTILE, a_pdf, a_picture
from tests.world import (
    a_caseworker,
    a_household,
    a_member,
    a_person_signed_in,
    a_sponsor_of,
)


@pytest.fixture
def client_of(client_of):
    return lambda actor: with_keys(client_of(actor))


@pytest.fixture
def home(transactions):
    with transactions.begin(SYSTEM, "arrange") as uow:
        household = a_household(uow)
        wife = a_member(uow, household, name_in_script="زهرا حیدری")
        return {
            "household": household,
            "wife": wife,
            "case": journeys.a_sponsored_case(uow, household),
            "caseworker": a_caseworker(uow, household),
            "sponsor": a_sponsor_of(uow, household),
            "herself": a_person_signed_in(uow, wife),
        }


@pytest.fixture
def desk(client_of, home):
    return client_of(home["caseworker"])


@pytest.fixture
def scanner_away(app):
    """Name a scanner that does not answer, so that what is sent waits in quarantine."""
    resources = app.extensions["transactions"].resources
    settings = next(v for k, v in resources.items() if k.__name__ == "Settings")
    object.__setattr__(settings, "clamd", "/nowhere/clamd.sock")
    yield
    object.__setattr__(settings, "clamd", "")


def sent(content: bytes, **told):
    return {"file": (BytesIO(content), "Zahra Haidari's passport.pdf"), **told}


def sent_whole(content: bytes, **told):
    """Give a large body as bytes: the client of the tests leaves its own large files open."""
    boundary, body = encode_multipart({**told, "file": FileStorage(BytesIO(content), "paper.txt")})
    return {"data": body, "content_type": f"multipart/form-data; boundary={boundary}"}


def file_one(client, home, content=None, **told):
    told = {"kind": "PASSPORT", "person_id": str(home["wife"].id), **told}
    path = f"/api/households/{home['household'].id}/documents"
    response = client.post(path, data=sent(content or a_pdf(), **told))
    assert response.status_code == 201, response.json
    return response.json


class TestJson:
    def test_it_is_filed_listed_and_handed_out_as_a_file(self, desk, home):
        filed = file_one(desk, home, title="Both pages", expires_on="2030-01-01")
        assert (filed["confidentiality"], filed["state"]) == ("RESTRICTED", "clean")

        listed = desk.get(f"/api/households/{home['household'].id}/documents").json["items"]
        assert [row["id"] for row in listed] == [filed["id"]]
        opened = desk.get(f"/api/documents/{filed['id']}/content")

        assert opened.data == a_pdf()
        assert opened.headers["Content-Disposition"] == (
            f'attachment; filename="document-{filed["id"][:8]}.pdf"'
        )
        assert opened.headers["Content-Security-Policy"].startswith("sandbox")
        assert opened.headers["X-Content-Type-Options"] == "nosniff"
        assert opened.headers["Cache-Control"] == "no-store"

    def test_the_look_is_on_the_trail_and_says_nothing_of_the_content(
        self, desk, home, transactions
    ):
        filed = file_one(desk, home)
        desk.get(f"/api/documents/{filed['id']}/content")

        with transactions.begin(SYSTEM, "test", read_only=True) as uow:
            rows = [e for e in uow.all(uow.select(AuditEntry)) if e.action == "document:open"]
        assert {row.change for row in rows} == {"read", "opened"}
        read = next(row for row in rows if row.change == "read")
        assert read.classes == ["P2", "P4"]
        assert read.household_ref == home["household"].id

    def test_each_time_it_is_asked_for_all_is_checked_anew(self, desk, home, transactions):
        id_ = UUID(file_one(desk, home)["id"])
        answers = []
        for state in (State.CLEAN, State.QUARANTINED, State.CLEAN):
            with transactions.begin(SYSTEM, "arrange") as uow:
                uow.find(Document, id_).state = state
            answers.append(desk.get(f"/api/documents/{id_}/content").status_code)

        with transactions.begin(SYSTEM, "arrange") as uow:
            for assignment in uow.all(uow.select(Assignment)):
                assignment.until_on = uow.today
        answers.append(desk.get(f"/api/documents/{id_}/content").status_code)

        assert answers == [200, 409, 200, 404]

    def test_it_is_corrected_replaced_removed_and_put_back(self, desk, home):
        filed = file_one(desk, home)
        path = f"/api/documents/{filed['id']}"
        etag = desk.get(path).headers["ETag"]
        changed = desk.patch(path, json={"title": "Page 2"}, headers={"If-Match": etag})
        assert changed.json["title"] == "Page 2"

        newer = desk.post(f"{path}/versions", data=sent(a_picture(), expires_on="2031-01-01"))
        assert newer.json["replaces_id"] == filed["id"]
        path = f"/api/documents/{newer.json['id']}"
        assert desk.post(f"{path}/removal", json={"reason": "Unreadable"}).status_code == 201
        assert desk.get(path).json["reason"] == "Unreadable"
        assert desk.post(f"{path}/restoration").json["removed_at"] is None

    def test_a_case_says_what_it_still_asks_for(self, desk, home):
        path = f"/api/cases/{home['case'].id}/documents"

        def standing():
            rows = desk.get(path).json["items"]
            return {r["item_code"]: r["standing"] for r in rows}["identity_document"]

        assert standing() == "missing"
        file_one(desk, home)
        assert standing() == "on_file"

    def test_a_person_sees_their_own(self, desk, home, client_of):
        filed = file_one(desk, home)
        herself = client_of(home["herself"])

        (row,) = herself.get(f"/api/persons/{home['wife'].id}/documents").json["items"]
        assert row["id"] == filed["id"]
        assert herself.get(f"/documents/{filed['id']}/content").data == a_pdf()
        page = herself.get(f"/documents/{filed['id']}").text
        assert "Take off the file" not in page
        assert "My household" in page

    def test_a_sponsor_does_not(self, desk, home, client_of):
        filed = file_one(desk, home)

        assert client_of(home["sponsor"]).get(f"/api/documents/{filed['id']}").status_code == 403

    @pytest.mark.parametrize("name", ["program", "svg", "pdf with a script", "office bomb"])
    def test_hostile_files_are_refused_beside_the_field(self, desk, home, name):
        path = f"/api/households/{home['household'].id}/documents"
        response = desk.post(path, data=sent(HOSTILE[name](), kind="OTHER"))

        assert response.status_code == 422
        assert response.json["errors"].keys() == {"file"}
        assert desk.get(path).json["items"] == []

    def test_a_file_above_the_cap_is_too_large(self, desk, home):
        path = f"/api/households/{home['household'].id}/documents"
        response = desk.post(path, **sent_whole(b"a" * (25 * 1024 * 1024 + 1), kind="OTHER"))

        assert (response.status_code, response.json["type"]) == (413, "/problems/too-large")


class TestPages:
    def test_a_paper_is_filed_with_a_photo(self, desk, home):
        tab = f"/households/{home['household'].id}/documents"
        assert "Nothing is on file yet." in desk.get(tab).text
        form = desk.get(f"{tab}/new").text
        assert "زهرا حیدری" in form

        told = {"kind": "PASSPORT", "person_id": str(home["wife"].id), "expires_on": "2026-03-20"}
        shown = desk.post(f"{tab}/new", data=sent(a_picture(), **told), follow_redirects=True)

        assert "The document is filed." in shown.text
        assert "Passport" in shown.text
        assert "Soon" in shown.text

    def test_without_a_file_it_says_so_beside_the_field(self, desk, home):
        path = f"/households/{home['household'].id}/documents/new"
        response = desk.post(path, data={"kind": "PASSPORT", "title": "Kept as typed"})

        assert response.status_code == 422
        assert "Choose a file, or take a photo of the paper." in response.text
        assert "Kept as typed" in response.text

    def test_a_file_above_the_cap_is_told_on_the_form(self, desk, home):
        path = f"/households/{home['household'].id}/documents/new"
        response = desk.post(path, **sent_whole(b"a" * (25 * 1024 * 1024 + 1), kind="OTHER"))

        assert response.status_code == 422
        assert "The file is larger than 25 MB." in response.text

    def test_it_is_corrected_and_replaced(self, desk, home):
        filed = file_one(desk, home, kind="TENANCY")
        path = f"/documents/{filed['id']}"
        page = desk.get(f"{path}/change").text
        assert "Tenancy agreement" in page
        refused = desk.post(f"{path}/change", data={"confidentiality": "HEALTH"})
        assert "Say why it belongs into another class." in refused.text
        told = {"confidentiality": "HEALTH", "reason": "It names an illness", "version": "1"}
        assert (
            "It is corrected." in desk.post(f"{path}/change", data=told, follow_redirects=True).text
        )
        assert "Tenancy agreement" in desk.get(f"{path}/replacement").text
        shown = desk.post(f"{path}/replacement", data=sent(a_picture()), follow_redirects=True)
        assert "The older one is kept." in shown.text
        assert "There is a newer version" in desk.get(path).text

    def test_it_is_taken_off_and_put_back_by_undo(self, desk, home):
        filed = file_one(desk, home)
        path = f"/documents/{filed['id']}"
        assert "For 7 days it can be put back." in desk.get(f"{path}/removal").text
        shown = desk.post(f"{path}/removal", data={"reason": "Not theirs"}, follow_redirects=True)
        assert f"{path}/restoration" in shown.text
        assert "Not theirs" in desk.get(path).text

        shown = desk.post(f"{path}/restoration", data={}, follow_redirects=True)
        assert "The document is on the file again." in shown.text

    @pytest.mark.usefixtures("scanner_away")
    def test_what_waits_for_the_scanner_says_so(self, desk, home):
        tab = f"/households/{home['household'].id}/documents"
        shown = desk.post(f"{tab}/new", data=sent(a_picture(), kind="OTHER"), follow_redirects=True)

        assert "It can be opened when it has been checked for viruses." in shown.text
        assert "Being checked for viruses" in shown.text
        (row,) = desk.get(f"/api{tab}").json["items"]
        assert desk.get(f"/api/documents/{row['id']}/content").status_code == 409

    def test_what_a_stage_asks_for_stands_under_what_is_on_file(self, desk, home):
        page = desk.get(f"/households/{home['household'].id}/documents").text

        assert "What the stages ask for" in page
        assert "Residence application lodged" in page
        assert "Missing" in page

    def test_what_was_answered_as_met_is_not_missing(self, desk, home, transactions):
        with transactions.begin(SYSTEM, "arrange") as uow:
            for line in uow.all(uow.select(ChecklistItem)):
                line.status = ItemStatus.MET

        page = desk.get(f"/households/{home['household'].id}/documents").text

        assert "Answered as met" in page
        assert "No paper of it is on file." in page
        assert "Missing" not in page


class TestTheFamily:
    @pytest.fixture
    def herself(self, client_of, home):
        return client_of(home["herself"])

    def bring(self, herself, home, content=None, who="wife", **told):
        path = f"/persons/{home[who].id}/papers/new"
        told = {"kind": "PASSPORT", **told}
        return herself.post(path, data=sent(content or a_picture(), **told))

    def test_somebody_sends_a_paper_and_the_caseworker_is_told(self, herself, home, desk):
        assert "/my-household/papers" in herself.get("/my-household").text
        assert "No paper of yours is here yet." in herself.get("/my-household/papers").text
        assert "زهرا حیدری" in herself.get(f"/persons/{home['wife'].id}/papers/new").text

        told = self.bring(herself, home, expires_on="2026-03-01")
        page = herself.get(told.location).text
        assert "Your paper has arrived." in page
        assert "Passport" in page
        assert "Expired" in page

        assert "New paper from the family: passport" in desk.get("/today?source=paper").text
        file = desk.get(f"/households/{home['household'].id}/documents").text
        assert "Brought by the family" in file

    def test_the_line_goes_when_somebody_has_read_it(self, herself, home, desk):
        self.bring(herself, home)
        (line,) = desk.get("/api/queue?source=paper").json["items"]

        desk.post(f"/api/queue/paper/{line['subject_id']}/completion")

        assert desk.get("/api/queue?source=paper").json["items"] == []

    def test_what_is_about_health_is_so_classed_and_not_more_open_than_its_kind(
        self, herself, home, desk
    ):
        self.bring(herself, home, about_health="true", kind="OTHER")
        self.bring(herself, home, a_pdf())

        rows = desk.get(f"/api/households/{home['household'].id}/documents").json["items"]
        assert {row["confidentiality"] for row in rows} == {"HEALTH", "RESTRICTED"}
        assert all(row["from_family"] for row in rows)

    @pytest.mark.usefixtures("scanner_away")
    def test_what_waits_for_the_scanner_is_accepted_and_says_so(self, herself, home):
        path = f"/api/persons/{home['wife'].id}/documents"
        answer = herself.post(path, data=sent(a_picture(), kind="CV"))
        assert (answer.status_code, answer.json["state"]) == (202, "quarantined")
        page = herself.get(self.bring(herself, home, a_pdf()).location).text

        assert "It can be opened when it has been checked for viruses." in page
        assert page.count("Being checked for viruses") == 2
        assert herself.get(f"/documents/{answer.json['id']}/content").status_code == 409

    def test_what_others_write_is_not_brought_and_nobody_brings_for_another(
        self, herself, home, transactions
    ):
        refused = self.bring(herself, home, kind="RRF")
        assert refused.status_code == 422
        assert "This is filed by your caseworker." in refused.text
        with transactions.begin(SYSTEM, "arrange") as uow:
            home["husband"] = a_member(uow, home["household"], "SP")

        assert self.bring(herself, home, who="husband").status_code == 403

    def test_who_belongs_to_no_household_brings_nothing(self, herself, home, transactions):
        with transactions.begin(SYSTEM, "arrange") as uow:
            for stay in uow.all(uow.select(HouseholdMember)):
                stay.left_on = uow.today

        assert herself.get("/my-household/papers").status_code == 404
        assert self.bring(herself, home).status_code == 404
