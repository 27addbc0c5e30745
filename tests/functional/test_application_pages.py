"""Applications on their pages: written step by step, talked over, sent, asked about, decided."""

import html
import re
from datetime import date
from uuid import uuid4

import pytest

from resettle.accounts.loader import if_active
from resettle.applications import queries
from resettle.applications.definition import ApplicationSettings
from resettle.core.actor import SYSTEM, Role
from resettle.sponsors import queries as groups
from resettle.sponsors import service as group_service
from resettle.sponsors.acts import CreateGroup
from resettle.sponsors.models import SponsorGroup, Training, TrainingModule
from resettle.sponsors.rules import Skill
from tests.groups import a_group, a_manager, a_member
from tests.world import a_user

TODAY = date(2026, 3, 2)
SKILLS = [skill.value for skill in Skill]
CRITERIA = ("standing", "funds", "experience", "housing", "work", "safety", "community")


def send(client, path, **form):
    return client.post(path, data={"form_key": uuid4().hex, **form})


@pytest.fixture
def scene(transactions, client_of):
    """Give a group that prepares, its coordinator, its adviser and whoever decides."""
    with transactions.begin(SYSTEM, "arrange") as uow:
        told = CreateGroup("Ōtaki Friends", "CHARITABLE_TRUST", "CHC", "cors")
        group = group_service.create(uow, told)
        group.status = "PREPARING"
        user = a_user(uow, Role.SPONSOR_COORDINATOR)
        member = a_member(
            uow, group, user_id=user.id, roles=("coordinator",), vetted_until=date(2028, 1, 1)
        )
        course = TrainingModule.CHILD_PROTECTION
        about = {"group_id": group.id, "member_id": member.id}
        uow.add(Training(**about, module=course, completed_on=TODAY))
        people = (if_active(uow, user.id), a_manager(uow), a_manager(uow))
    return group.id, member.id, *(client_of(person) for person in people)


@pytest.fixture
def look(transactions):
    """Return a function that reads the world as the system."""

    def read(question):
        with transactions.begin(SYSTEM, "look", read_only=True) as uow:
            return question(uow)

    return read


def written(look, group, coordinator, adviser, *, plan=True):
    """Write everything that is asked for, by the pages alone."""
    home = f"/sponsor-groups/{group}/application"
    send(coordinator, f"{home}/begin")
    links = {f"link_{skill}": "The parish" for skill in SKILLS}
    send(coordinator, f"{home}/links", subject_line="To sponsor", **links)
    current = look(lambda uow: queries.current(uow, group).id)
    for part in look(lambda uow: queries.parts_of(uow, current)) if plan else ():
        send(coordinator, f"{home}/plan/{part.id}", text="We do it", led_by="housing_lead")
    for side, category in (("income", "savings"), ("spending", "rent")):
        send(coordinator, f"{home}/budget", side=side, category=category, dollars="9000")
    for item in look(lambda uow: queries.papers_of(uow, group)):
        path = f"/sponsor-groups/{group}/papers/{item.id}"
        assert "What shows it" in coordinator.get(path).text
        send(coordinator, path, status="met", evidence="Register 123")
    send(adviser, f"{home}/discussion", discussed_on=TODAY.isoformat(), discussion="Good")
    return home


def scored(client, home):
    for criterion in CRITERIA:
        send(client, f"{home}/scores/new", criterion=criterion, score="4", reason="Sound")


APPROVAL = {
    "max_persons": "6",
    "max_households": "1",
    "routes": "NOMINATED",
    "expires_on": "2029-03-02",
    "reasons": "Ready",
}


class TestWriting:
    def test_before_it_is_begun_the_page_says_how_it_goes(self, scene):
        group, _, coordinator, *_ = scene

        shown = coordinator.get(f"/sponsor-groups/{group}/application").text

        assert "No application has been begun." in shown
        assert "Begin the application" in shown
        assert coordinator.get(f"/sponsor-groups/{group}/application/links").status_code == 404

    def test_step_by_step_until_nothing_is_missing(self, scene, look):
        group, _, coordinator, adviser, _ = scene
        send(coordinator, f"/sponsor-groups/{group}/application/begin")
        early = coordinator.get(f"/sponsor-groups/{group}/application").text
        submission = coordinator.get(f"/sponsor-groups/{group}/application/submission").text

        home = written(look, group, coordinator, adviser)
        late = coordinator.get(home).text

        assert "What is still missing" in early
        assert "Nobody covers yet" in early
        assert "It cannot be sent yet" in submission
        assert "Nothing is missing" in late
        assert "Look it through and send it" in late
        items = look(lambda uow: groups.checklist_of(uow, group))
        met = {item.item_code for item in items if item.status == "met"}
        assert {"settlement_plan", "budget", "subject_line", "accounts"} <= met

    def test_a_line_of_the_budget_is_taken_out_again(self, scene, look):
        group, _, coordinator, adviser, _ = scene
        home = written(look, group, coordinator, adviser)
        current = look(lambda uow: queries.current(uow, group).id)
        [line, _] = look(lambda uow: queries.lines_of(uow, current))

        send(coordinator, f"{home}/budget/{line.id}/removal", version=str(line.version))

        shown = coordinator.get(f"{home}/budget").text
        assert "Taken out: 9000 dollars for savings." in shown
        items = look(lambda uow: groups.checklist_of(uow, group))
        assert {i.item_code: i.status for i in items}["budget"] == "open"

    @pytest.mark.parametrize(
        ("way", "form", "words"),
        [
            ("budget", {"side": "income", "category": "rent", "dollars": "9"}, "Choose one of"),
            ("submission", {"declared": "false"}, "true and complete"),
            ("submission", {"declared": "true"}, "says nothing of: Health"),
        ],
    )
    def test_faults_stand_on_the_form(self, scene, way, form, words):
        group, _, coordinator, *_ = scene
        home = f"/sponsor-groups/{group}/application"
        send(coordinator, f"{home}/begin")

        answer = send(coordinator, f"{home}/{way}", **form)

        assert answer.status_code == 422
        assert words in answer.text

    def test_another_groups_application_is_not_there(self, scene, client_of, transactions):
        group, _, coordinator, *_ = scene
        send(coordinator, f"/sponsor-groups/{group}/application/begin")
        with transactions.begin(SYSTEM, "arrange") as uow:
            other = a_group(uow, status="PREPARING").id
            current = queries.current(uow, group)
            part = queries.parts_of(uow, current.id)[0]
            manager = client_of(a_manager(uow))

        assert coordinator.get(f"/sponsor-groups/{other}/application").status_code == 404
        strange = f"/api/sponsor-groups/{other}/applications"
        assert manager.get(f"{strange}/{current.id}").status_code == 404
        wrong = manager.patch(
            f"{strange}/plan/{part.id}", json={"text": "A"}, headers={"If-Match": '"1"'}
        )
        talk = {"discussed_on": TODAY.isoformat(), "discussion": "Good"}
        key = {"Idempotency-Key": uuid4().hex}
        path = f"{strange}/{current.id}/discussion"
        assert wrong.status_code == 404
        assert manager.post(path, json=talk, headers=key).status_code == 404


class TestTheGate:
    """Everything is there but one thing: nothing is sent, and the refusal says which."""

    def refused(self, coordinator, look, group):
        """Try to send it by the page and by JSON, and give what is said to be missing."""
        current = look(lambda uow: queries.current(uow, group))
        page = send(coordinator, f"/sponsor-groups/{group}/application/submission", declared="true")
        answer = coordinator.post(
            f"/api/sponsor-groups/{group}/applications/{current.id}/submission",
            json={"declared": True},
            headers={"Idempotency-Key": uuid4().hex, "If-Match": f'"{current.version}"'},
        )
        assert (page.status_code, answer.status_code) == (422, 409)
        assert look(lambda uow: uow.find(SponsorGroup, group).status) == "PREPARING"
        missing = [*answer.json["missing"].values()]
        assert [words for words in missing if words not in html.unescape(page.text)] == []
        return missing

    def test_each_part_of_the_settlement_plan(self, scene, look):
        group, _, coordinator, adviser, _ = scene
        home = written(look, group, coordinator, adviser, plan=False)
        current = look(lambda uow: queries.current(uow, group).id)
        parts = look(lambda uow: queries.parts_of(uow, current))
        titles = look(lambda uow: dict(uow.use(ApplicationSettings).domains))
        assert len(parts) == 9

        for number, part in enumerate(parts):
            assert self.refused(coordinator, look, group) == [
                f"The settlement plan says nothing of: {titles[each.domain]}."
                for each in parts[number:]
            ]
            send(coordinator, f"{home}/plan/{part.id}", text="We do it")
        last = send(coordinator, f"{home}/submission", declared="true")
        assert last.status_code == 303

    def test_each_paper_of_the_prerequisites(self, scene, look):
        group, _, coordinator, adviser, _ = scene
        written(look, group, coordinator, adviser)
        titles = look(lambda uow: queries.paper_titles(uow, uow.find(SponsorGroup, group)))
        papers = look(lambda uow: queries.papers_of(uow, group))
        assert {each.item_code for each in papers} >= {
            "application_form",
            "legal_status",
            "accounts",
            "child_protection_statement",
        }

        for item in papers:
            path = f"/sponsor-groups/{group}/papers/{item.id}"
            send(coordinator, path, status="open")
            told = self.refused(coordinator, look, group)
            assert told == [f"{titles[item.item_code]}: still open."]
            send(coordinator, path, status="met", evidence="Register 123")

    @pytest.mark.parametrize(
        ("side", "words"),
        [
            ("spending", "Write down what you expect to spend."),
            ("income", "Write down where the money comes from, given in kind included."),
        ],
    )
    def test_each_side_of_the_budget(self, scene, look, side, words):
        group, _, coordinator, adviser, _ = scene
        home = written(look, group, coordinator, adviser)
        current = look(lambda uow: queries.current(uow, group).id)
        [line] = [li for li in look(lambda uow: queries.lines_of(uow, current)) if li.side == side]

        send(coordinator, f"{home}/budget/{line.id}/removal", version=str(line.version))

        assert self.refused(coordinator, look, group) == [words]

    def test_a_budget_that_does_not_hold_and_a_skill_that_nobody_has(self, scene, look):
        group, _, coordinator, adviser, _ = scene
        home = written(look, group, coordinator, adviser)
        send(coordinator, f"{home}/budget", side="spending", category="power", dollars="500")
        links = {f"link_{skill}": "The parish" for skill in SKILLS if skill != "interpreting"}
        send(coordinator, f"{home}/links", subject_line="To sponsor", **links)

        assert self.refused(coordinator, look, group) == [
            "Nobody in the group or known to it covers: interpreting.",
            "The money falls short by 500 dollars.",
        ]

    def test_a_member_without_vetting_and_without_the_course(self, scene, look, transactions):
        group, _, coordinator, adviser, _ = scene
        written(look, group, coordinator, adviser)
        with transactions.begin(SYSTEM, "arrange") as uow:
            a_member(uow, uow.find(SponsorGroup, group), vetted_until=None)

        assert self.refused(coordinator, look, group) == [
            "Not every member has a vetting outcome that is in force.",
            "Not every member has the child protection certificate.",
        ]


class TestDeciding:
    @pytest.fixture
    def sent(self, scene, look):
        group, _, coordinator, adviser, decider = scene
        home = written(look, group, coordinator, adviser)
        send(coordinator, f"{home}/submission", declared="true")
        return home, group, coordinator, adviser, decider

    def test_asked_answered_scored_and_approved(self, sent, look):
        home, group, coordinator, adviser, decider = sent
        assert "Assess the application" in decider.get(home).text
        for way in ("questions/new", "scores/new", "approval", "refusal"):
            assert decider.get(f"{home}/{way}").status_code == 200

        send(decider, f"{home}/questions/new", question="Who drives?")
        waiting = coordinator.get(home).text
        answer = re.search(rf'href="({home}/questions/[^"]+/answer)"', waiting)[1]
        too_early = send(decider, f"{home}/approval", **APPROVAL)
        assert "Who drives?" in coordinator.get(answer).text
        send(coordinator, answer, answer="Two of us")
        scored(decider, home)
        assert "<strong>4</strong>" in decider.get(f"{home}/assessment").text
        assert "somebody else decides" in adviser.get(f"{home}/assessment").text
        send(decider, f"{home}/approval", **APPROVAL)

        shown = coordinator.get(home).text
        assert "not answered every question" in too_early.text
        assert "Approved on" in shown
        assert "Before your first household" in shown
        group_now = look(lambda uow: uow.find(SponsorGroup, group))
        assert (group_now.status, group_now.max_persons) == ("APPROVED", 6)

    def test_without_scores_nothing_is_approved(self, sent):
        home, *_, decider = sent

        answer = send(decider, f"{home}/approval", **APPROVAL)

        assert answer.status_code == 422
        assert "Not scored yet: Money for up to two years." in answer.text

    def test_a_score_said_again_takes_the_place_of_the_first(self, sent, look):
        home, group, *_, decider = sent
        for score in ("2", "5"):
            send(decider, f"{home}/scores/new", criterion="funds", score=score, reason="Sound")

        current = look(lambda uow: queries.current(uow, group).id)
        assert [s.score for s in look(lambda uow: queries.scores_of(uow, current))] == [5]

    @pytest.mark.parametrize(
        "form", [{"criterion": "looks", "score": "4"}, {"criterion": "funds", "score": "9"}]
    )
    def test_only_the_criteria_and_their_scale(self, sent, form):
        home, *_, decider = sent

        assert send(decider, f"{home}/scores/new", reason="A", **form).status_code == 422

    def test_declined_the_group_reads_why_and_tries_again(self, sent, look):
        home, group, coordinator, _, decider = sent
        send(decider, f"{home}/refusal", reasons="Too few", feedback="Find two more")

        told = coordinator.get(home).text
        send(coordinator, f"{home}/begin")

        assert "Find two more" in told
        assert "Earlier attempts" in coordinator.get(home).text
        rounds = look(lambda uow: [a.round for a in queries.all_of(uow, group)])
        assert rounds == [2, 1]

    def test_sent_it_can_be_withdrawn_and_not_changed(self, sent, look):
        home, group, coordinator, adviser, _ = sent
        line = send(coordinator, f"{home}/budget", side="income", category="grants", dollars="1")
        talk = {"discussed_on": TODAY.isoformat(), "discussion": "Late"}
        late = send(adviser, f"{home}/discussion", **talk)
        twice = send(coordinator, f"{home}/begin")
        assert "What was written is kept." in coordinator.get(f"{home}/withdrawal").text

        send(coordinator, f"{home}/withdrawal", reason="We are too few")
        again = send(coordinator, f"{home}/withdrawal", reason="Again")

        assert [line.status_code, late.status_code, twice.status_code] == [422, 422, 409]
        assert "decided already" in again.text
        assert look(lambda uow: uow.find(SponsorGroup, group).status) == "WITHDRAWN"


class TestGroupPages:
    def test_what_a_member_can_do_and_has_learnt(self, scene, look):
        group, member, coordinator, *_ = scene
        path = f"/sponsor-groups/members/{member}"
        assert "Usually has time" in coordinator.get(f"{path}/profile").text
        assert "Certificate" in coordinator.get(f"{path}/trainings/new").text

        send(coordinator, f"{path}/profile", skills="money", languages="ara")
        send(coordinator, f"{path}/trainings/new", module="culture", completed_on="2026-03-01")

        [known] = look(lambda uow: groups.live_members_of(uow, group))
        assert (known.skills, known.languages, known.roles) == (["money"], ["ara"], [])
        assert len(look(lambda uow: groups.trainings_of(uow, group))) == 2

    def test_a_deed_is_recorded_revised_and_terminated(self, scene, look):
        group, _, _, _, manager = scene
        home = f"/sponsor-groups/{group}/deeds"
        days = dict.fromkeys(("signed_on", "effective_from"), "2026-03-01")
        usual = manager.get(f"{home}/new").text

        bad = send(manager, f"{home}/new", **days, report_days="REP-014 in two weeks")
        send(manager, f"{home}/new", **days, report_days="Arrival report (REP-014): 14")
        [deed] = look(lambda uow: groups.deeds_of(uow, group))
        assert "Revise the deed" in manager.get(f"{home}/{deed.id}/revision").text
        send(manager, f"{home}/{deed.id}/revision", report_days="REP-014: 21")
        assert "No visa changes" in manager.get(f"{home}/{deed.id}/termination").text
        send(manager, f"{home}/{deed.id}/termination", terminated_on="2026-03-02")

        assert "Arrival report (REP-014): 14" in usual
        assert bad.status_code == 422
        assert "Terminated" in manager.get(f"/sponsor-groups/{group}").text
        [ended] = look(lambda uow: groups.deeds_of(uow, group))
        assert ended.report_days == {"REP-014": 21}

    def test_a_manager_moves_a_group_aside_with_the_reason(self, scene, look):
        group, _, _, _, manager = scene
        path = f"/sponsor-groups/{group}/moves/new"
        assert "Where to" in manager.get(path).text

        silent = send(manager, path, to="DORMANT")
        said = {"to": "DORMANT", "reason": "Nobody answers"}
        looked = send(manager, path, **said)
        assert look(lambda uow: uow.find(SponsorGroup, group).status) != "DORMANT"
        send(manager, path, **said, confirmed="true")

        assert "The group becomes: Dormant. Nothing has been changed yet." in looked.text

        assert silent.status_code == 422
        assert look(lambda uow: uow.find(SponsorGroup, group).status) == "DORMANT"

    def test_the_list_is_by_stage_and_time(self, scene, transactions):
        *_, manager = scene
        with transactions.begin(SYSTEM, "arrange") as uow:
            a_group(uow, status="TRAINING")

        shown = manager.get("/sponsor-groups?status=PREPARING").text

        assert "Ōtaki Friends" in shown
        assert "Ōtautahi" not in shown

    def test_what_runs_out_is_told_in_good_time(self, scene, transactions):
        group, _, coordinator, *_ = scene
        with transactions.begin(SYSTEM, "arrange") as uow:
            whole = uow.find(SponsorGroup, group)
            whole.approved_until = date(2026, 4, 1)
            a_member(uow, whole, vetted_until=date(2026, 3, 20))

        shown = coordinator.get(f"/sponsor-groups/{group}").text

        assert "1 vetting runs out soon, the first on 20 March 2026" in shown
        assert "The approval runs out on 1 April 2026." in shown


def test_a_member_reads_the_application_and_neither_papers_nor_scores(
    scene, look, transactions, client_of
):
    group, _, coordinator, adviser, _ = scene
    home = written(look, group, coordinator, adviser)
    with transactions.begin(SYSTEM, "arrange") as uow:
        user = a_user(uow, Role.SPONSOR_MEMBER)
        a_member(uow, uow.find(SponsorGroup, group), user_id=user.id, vetted_until=None)
        member = client_of(if_active(uow, user.id))

    shown = member.get(home)

    assert shown.status_code == 200
    assert "We do it" in shown.text
    assert "Register 123" not in shown.text
    assert [member.get(f"{home}/{way}").status_code for way in ("budget", "assessment")] == [
        403,
        403,
    ]
