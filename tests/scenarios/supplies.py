"""How each fact that a move may lack comes about: by the act of whoever it is for, over JSON."""

from collections.abc import Callable, Mapping
from typing import Any

CHECKS = ("health", "character_security", "risk", "settlement")
Supply = Callable[[Any], Any]


def _recorded(**facts: Any) -> Supply:
    return lambda journey: journey.records(**facts)


def _recorded_today(*names: str) -> Supply:
    return lambda journey: journey.records(**dict.fromkeys(names, journey.office.today))


def _applicant_known(journey: Any) -> None:
    journey.worker.patch(f"{journey.at}/applicant", **journey.applicant)


def _year(journey: Any) -> None:
    today = journey.office.today
    first = today.year - (today.month < 7)
    journey.records(programme_year=f"{first}/{(first + 1) % 100:02d}")


def _interviewed(journey: Any) -> None:
    journey.records(
        interviewed_on=journey.office.today, interviewer="T Rangi", interview_interpreter="L Aung"
    )


def _papers(journey: Any) -> None:
    for line in journey.worker.items(f"{journey.at}/checklist"):
        if (line["list_code"], line["status"]) == ("lodgement", "open"):
            path = f"{journey.at}/checklist/{line['id']}"
            answer = journey.worker.puts(path, line["version"], status="met")
            assert answer.status_code == 200, answer.get_json()


def _checks(journey: Any) -> None:
    for kind in CHECKS:
        path = f"{journey.at}/checks/{kind}"
        journey.worker.post(path, checked_on=journey.office.today, result="clear")


def _decision(journey: Any) -> None:
    today = journey.office.today
    journey.worker.post(f"{journey.at}/decision", kind="approved", decided_on=today)


def _proposed(journey: Any) -> None:
    assert journey.group is not None
    case = journey.worker.get(journey.at)
    route = "NOMINATED" if case["route"] == "NOMINATED" else "UNHCR_MATCHED"
    path = f"{journey.home}/sponsorships"
    journey.worker.post(path, group_id=journey.group.id, route=route)


def _accepted(journey: Any) -> None:
    assert journey.group is not None
    path = f"/api/sponsorships/{journey.sponsorship()['id']}"
    journey.group.coordinator.post(f"{path}/acceptance")


def _adults_agree(journey: Any) -> None:
    path = f"/api/sponsorships/{journey.sponsorship()['id']}/adult-answers"
    for person in journey.adults():
        journey.worker.post(
            path,
            person_id=person,
            agrees=True,
            method="signed_form",
            answered_on=journey.office.today,
        )


def _placed(journey: Any) -> None:
    journey.moves_in()


def _adults_share(journey: Any) -> None:
    for person in journey.adults():
        journey.shares(person, "name")


def _plan_agreed(journey: Any) -> None:
    plan = journey.worker.post(f"{journey.home}/plans", kind="settlement")
    goal = {"domain": "EDU", "wording": "Speak English at work", "baseline": 2, "target": 4}
    journey.worker.post(f"/api/plans/{plan['id']}/goals", **goal)
    _agreed(journey, plan)


def _exit_agreed(journey: Any) -> None:
    found = journey.worker.items(f"{journey.home}/plans?kind=exit")
    plan = found[0] if found else journey.worker.post(f"{journey.home}/plans", kind="exit")
    path = f"/api/plans/{plan['id']}/handovers"
    journey.worker.post(path, support="Rides to the doctor", taken_by="The family itself")
    _agreed(journey, plan)


def _agreed(journey: Any, plan: Any) -> None:
    path = f"/api/plans/{plan['id']}/agreement"
    said = {"agreed_on": journey.office.today, "reason": "The family asked for more time"}
    journey.worker.post(path, person_ids=journey.adults()[:1], **said)


SUPPLIES: Mapping[str, Supply] = {
    "case.two_categories": _recorded(category_1="LPN", category_2="SVT"),
    "case.subcategory_assigned": lambda j: j.records(subcategory=j.subcategory),
    "case.year_assigned": _year,
    "interview.planned": _recorded_today("interview_planned_on"),
    "interview.held": _interviewed,
    "lodgement.complete": _papers,
    "checks.all_clear": _checks,
    "decision.approved": _decision,
    "location.allocated": lambda j: j.worker.patch(j.home, location=j.town),
    "travel.booked": _recorded_today("travel_on"),
    "arrival.recorded": lambda j: j.arrives(),
    "house.ready": lambda j: j.dwelling(),
    "handover.person_named": _placed,
    "placement.current": _placed,
    "plan.agreed": _plan_agreed,
    "plan.exit_done": _exit_agreed,
    "nomination.lodged": _recorded_today("nominated_on"),
    "eoi.received": _recorded_today("eoi_received_on"),
    "english.assessed": _applicant_known,
    "mandate.confirmed": _applicant_known,
    "eligibility.met": _applicant_known,
    "sponsorship.proposed": _proposed,
    "sponsorship.accepted": _accepted,
    "household.accepted": _adults_agree,
    "consent.adults_given": _adults_share,
}
