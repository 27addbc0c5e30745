"""Papers of an application: sent by the group, seen by those who assess, never about the police."""

from datetime import date
from io import BytesIO
from types import SimpleNamespace
from uuid import uuid4

import pytest

from resettle.accounts.loader import if_active
from resettle.applications import service as applications
from resettle.applications.models import ApplicationQuestion, GroupApplication
from resettle.core.actor import SYSTEM, Role
from resettle.core.audit import AuditEntry
from resettle.core.errors import TooLarge
from resettle.evidence import rules, service
from resettle.evidence.acts import FileEvidence
from resettle.evidence.models import Evidence
from resettle.evidence.rules import Kind
from resettle.evidence.service import NOT_NOW, SAY_SO
from tests.functional import bodies
from tests.functional.keys import with_keys
from tests.groups import a_group, a_manager, a_member
from tests.world import a_user

NEXT_YEAR = date(2027, 3, 2)


@pytest.fixture
def scene(transactions, client_of):
    """Give a group that writes its application, and people around it."""
    with transactions.begin(SYSTEM, "arrange") as uow:
        group, other = a_group(uow, status="PREPARING"), a_group(uow, status="PREPARING")
        people = {}
        for name, of, role in (
            ("lead", group, Role.SPONSOR_COORDINATOR),
            ("helper", group, Role.SPONSOR_MEMBER),
            ("stranger", other, Role.SPONSOR_COORDINATOR),
        ):
            user = a_user(uow, role, name=name)
            a_member(uow, of, user_id=user.id, vetted_until=NEXT_YEAR)
            people[name] = if_active(uow, user.id)
        people["manager"] = a_manager(uow)
        application = applications.begin(uow, group.id)
    clients = {name: with_keys(client_of(actor)) for name, actor in people.items()}
    return SimpleNamespace(
        **clients,
        group=group.id,
        application=application.id,
        actor=people["lead"],
        api=f"/api/sponsor-groups/{group.id}/evidence",
        page=f"/sponsor-groups/{group.id}/evidence",
        other=f"/api/sponsor-groups/{other.id}/evidence",
        transactions=transactions,
    )


def sent(client, scene, content=None, **more):
    body = {"kind": "accounts", "nothing_of_police": "true", **more}
    file = (BytesIO(bodies.picture() if content is None else content), "Zahra's accounts.jpg")
    return client.post(scene.api, data={**body, "file": file})


class TestOverJson:
    def test_what_a_group_sends_is_opened_by_who_assesses_under_a_name_without_meaning(self, scene):
        made = sent(scene.lead, scene)
        listed = scene.manager.get(scene.api).json["items"]
        opened = scene.manager.get(f"{scene.api}/{made.json['id']}/content")

        assert made.status_code == 201
        assert [(row["id"], row["kind"]) for row in listed] == [(made.json["id"], "accounts")]
        assert opened.mimetype == "image/jpeg"
        assert opened.headers["Content-Disposition"] == (
            f'attachment; filename="paper-{made.json["id"][:8]}.jpg"'
        )

    def test_that_it_was_opened_is_on_record(self, scene):
        made = sent(scene.lead, scene)
        scene.manager.get(f"{scene.api}/{made.json['id']}/content")

        with scene.transactions.begin(SYSTEM, "look") as uow:
            found = uow.rows(
                uow.columns(AuditEntry, AuditEntry.change).where(
                    AuditEntry.resource == "Evidence", AuditEntry.change == "opened"
                )
            )
        assert len(found) == 1

    @pytest.mark.parametrize("content", [b"<html>", b"MZ\x90\x00"])
    def test_what_a_file_holds_is_looked_at(self, scene, content):
        refused = sent(scene.lead, scene, content)

        assert refused.status_code == 422
        assert [*refused.json["errors"]] == ["file"]
        assert scene.lead.get(scene.api).json["items"] == []

    def test_no_kind_is_for_the_police_and_each_paper_is_declared_free_of_it(self, scene):
        refused = sent(scene.lead, scene, nothing_of_police="false")

        assert refused.status_code == 422
        assert refused.json["errors"] == {"nothing_of_police": [SAY_SO]}
        assert [kind for kind in Kind if "police" in kind or "vetting" in kind] == []

    def test_it_is_for_coordinators_and_managers_of_that_group_alone(self, scene):
        made = sent(scene.lead, scene)
        content = f"{scene.api}/{made.json['id']}/content"
        by_another_way = f"{scene.other}/{made.json['id']}/content"

        answers = [
            scene.helper.get(content),
            scene.stranger.get(content),
            scene.manager.get(by_another_way),
        ]
        assert [answer.status_code for answer in answers] == [403, 404, 404]

    def test_one_that_is_sent_takes_none_until_something_is_asked(self, scene):
        with scene.transactions.begin(SYSTEM, "arrange") as uow:
            uow.find(GroupApplication, scene.application).submitted_on = uow.today
        late = sent(scene.lead, scene)
        with scene.transactions.begin(SYSTEM, "arrange") as uow:
            about = {"group_id": scene.group, "application_id": scene.application}
            uow.add(ApplicationQuestion(**about, question="Accounts?", asked_on=uow.today))

        assert (late.status_code, late.json["detail"]) == (409, NOT_NOW)
        assert sent(scene.lead, scene).status_code == 201

    def test_without_an_application_there_is_nothing_to_show(self, scene):
        body = {"kind": "letter", "nothing_of_police": "true"}
        file = (BytesIO(bodies.picture()), "a.jpg")

        assert scene.stranger.get(scene.other).json["items"] == []
        refused = scene.stranger.post(scene.other, data={**body, "file": file})
        assert refused.status_code == 409

    def test_whoever_assesses_takes_out_what_ought_not_to_be_kept_and_it_is_gone(self, scene):
        made = sent(scene.lead, scene).json
        with scene.transactions.begin(SYSTEM, "arrange") as uow:
            uow.find(GroupApplication, scene.application).submitted_on = uow.today
        path, version = f"{scene.api}/{made['id']}", {"If-Match": f'"{made["version"]}"'}
        by_group = scene.lead.delete(path, headers=version)
        by_manager = scene.manager.delete(path, headers=version)

        assert (by_group.status_code, by_manager.status_code) == (409, 204)
        with scene.transactions.begin(SYSTEM, "look") as uow:
            assert uow.count(Evidence) == 0

    def test_there_is_an_end_to_how_many_and_how_large(self, scene):
        large, paper = (
            b"x" * (rules.LARGEST_MIB * 1024 * 1024 + 1),
            FileEvidence(kind=Kind.ACCOUNTS, nothing_of_police=True),
        )
        with scene.transactions.begin(scene.actor, "test") as uow, pytest.raises(TooLarge):
            service.add(uow, scene.group, large, paper)
        with scene.transactions.begin(SYSTEM, "arrange") as uow:
            about = {"group_id": scene.group, "application_id": scene.application, "size": 1}
            for _ in range(rules.MOST):
                uow.add(Evidence(**about, kind=Kind.OTHER, media_type="text/plain", content=b"x"))

        assert sent(scene.lead, scene).status_code == 409

    def test_nobody_sends_very_many_within_an_hour(self, scene):
        answers = [sent(scene.lead, scene, b"A line of text").status_code for _ in range(21)]

        assert answers == [*[201] * 20, 429]


class TestPages:
    def test_a_paper_is_sent_listed_opened_and_taken_out(self, scene):
        form = scene.lead.get(f"{scene.page}/new")
        typed = {"form_key": uuid4().hex, "kind": "letter", "nothing_of_police": "true"}
        nothing = scene.lead.post(f"{scene.page}/new", data=typed)
        file = (BytesIO(bodies.picture()), "letter.jpg")
        led = scene.lead.post(
            f"{scene.page}/new", data={**typed, "form_key": uuid4().hex, "file": file}
        )
        page = scene.manager.get(scene.page)
        link = f"{scene.page}/{scene.lead.get(scene.api).json['items'][0]['id']}"

        assert form.status_code == 200
        assert nothing.status_code == 422
        assert led.location == scene.page
        assert "Letter of support" in page.text
        assert f"{link}/content" in page.text
        assert scene.manager.get(f"{link}/content").mimetype == "image/jpeg"
        gone = scene.lead.post(f"{link}/removal", data={"form_key": uuid4().hex})
        assert gone.location == scene.page
        assert "No paper has been sent." in scene.lead.get(scene.page).text

    def test_the_application_leads_to_them(self, scene):
        page = scene.lead.get(f"/sponsor-groups/{scene.group}/application")

        assert f'href="{scene.page}"' in page.text
