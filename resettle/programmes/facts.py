"""The facts that a move from one stage to the next may need: a closed list, in plain words.

A programme file names them; cases and sponsors find out which of them hold. Each sentence is
what a screen says while the fact is missing.
"""

from enum import StrEnum
from typing import Self


class Fact(StrEnum):
    """A fact, with the sentence that is told where it is missing."""

    missing: str

    def __new__(cls, value: str, missing: str) -> Self:
        fact = str.__new__(cls, value)
        fact._value_ = value
        fact.missing = missing
        return fact

    # The case
    ONE_PRINCIPAL = (
        "case.one_principal_applicant",
        "The case needs exactly one principal applicant.",
    )
    SIZE_MATCHES = (
        "case.size_matches",
        "The size of the case differs from the number of people listed in it.",
    )
    TWO_CATEGORIES = (
        "case.two_categories",
        "UNHCR’s submission names fewer than two submission categories.",
    )
    SUBCATEGORY = ("case.subcategory_assigned", "No quota subcategory has been assigned.")
    PROGRAMME_YEAR = ("case.year_assigned", "No programme year has been assigned.")
    INTERVIEW_PLANNED = (
        "interview.planned",
        "No interview is planned, and the case is not marked as decided on papers.",
    )
    INTERVIEW_HELD = ("interview.held", "The interview has no date, interviewer and interpreter.")
    LODGEMENT = ("lodgement.complete", "The lodgement checklist has items that are still open.")
    CHECKS = (
        "checks.all_clear",
        "Not every check (health, character and security, risk, settlement) has its result.",
    )
    APPROVED = ("decision.approved", "No decision to approve has been recorded.")
    APPROVED_IN_PRINCIPLE = (
        "decision.approved_in_principle",
        "No approval in principle has been recorded.",
    )
    DECLINED = ("decision.declined", "No decision to decline, with its reason, has been recorded.")
    LOCATION = ("location.allocated", "No settlement location has been allocated.")
    CONSENTS = (
        "consent.adults_given",
        "Not every adult of the household has given consent to what is shared.",
    )
    TRAVEL = ("travel.booked", "The travel booking, with its date, is missing.")
    ARRIVAL = ("arrival.recorded", "The day of arrival has not been recorded.")
    RECEPTION_LEFT = ("reception.left", "The day of leaving the centre has not been recorded.")

    # The house and the support
    HOUSE_READY = ("house.ready", "The house-ready checklist has items that are still open.")
    HANDOVER = (
        "handover.person_named",
        "Nobody has been named who meets the household at the house.",
    )
    PLACEMENT = ("placement.current", "The household has no current placement in a dwelling.")
    CASEWORKER = ("caseworker.named", "No caseworker has been named.")
    PLAN_AGREED = ("plan.agreed", "No settlement plan has been agreed with the household.")
    SAFEGUARDING = ("safeguarding.none_open", "A safeguarding concern is still open.")
    EXIT_PLAN = (
        "plan.exit_done",
        "The exit review, with its list of what is handed over, has not been done.",
    )
    SUPPORT_OVER = (
        "support.over_or_early_exit_agreed",
        "The support period is not over, and no early exit has been agreed.",
    )

    # Eligibility and places
    INTAKE = ("intake.open", "The programme takes no new entries on this day.")
    NOMINATION = ("nomination.lodged", "No sponsor group’s nomination is on file.")
    MANDATE = ("mandate.confirmed", "UNHCR has not confirmed the refugee mandate.")
    INTEREST = ("eoi.received", "The expression of interest has not been received.")
    ENGLISH = ("english.assessed", "No English assessment has been recorded.")
    ELIGIBLE = ("eligibility.met", "Not every eligibility rule is met.")
    CAP = ("cap.free", "The programme has no free places for a household of this size.")

    # The sponsorship
    PROPOSED = ("sponsorship.proposed", "No sponsor group has been proposed.")
    SPONSOR_READY = ("sponsor.ready", "The sponsor group is not ready for a household.")
    CAPACITY = (
        "sponsor.capacity_free",
        "The sponsor group has no room for a household of this size.",
    )
    ACCEPTED = ("sponsorship.accepted", "The sponsor group has not accepted the match.")
    HOUSEHOLD_ACCEPTED = ("household.accepted", "The household has not accepted the match.")
    RELOCATION = (
        "relocation.decided",
        "It has not been decided what becomes of the support after the move.",
    )
    CONTINUITY = ("continuity.planned", "There is no plan for who supports the household now.")

    # The sponsor group
    PREREQUISITES = (
        "prerequisites.met",
        "The group’s checklist of prerequisites has items that are still open.",
    )
    PLAN_DISCUSSED = (
        "plan.discussed",
        "The settlement plan has not been discussed with the umbrella organisation.",
    )
    APPLICATION = ("application.submitted", "The group’s application has not been submitted.")
    QUESTIONS_ANSWERED = ("questions.answered", "The group has not answered every question.")
    ASSESSED = ("application.assessed", "The panel’s assessment has not been recorded.")
    GROUP_APPROVED = ("group.approved", "No decision to approve the group has been recorded.")
    GROUP_DECLINED = (
        "group.declined",
        "No decision to decline the group, with its reasons, has been recorded.",
    )
    DEED = ("deed.signed", "The deed of agreement has not been signed.")
    TRAINING = ("training.complete", "Not every member has finished the training asked for.")
    VETTING = ("vetting.all_clear", "Not every member has a vetting outcome that is in force.")
    CHILD_PROTECTION = (
        "child_protection.all_trained",
        "Not every member has the child protection certificate.",
    )
    HOUSE_LEAD = ("house_lead.named", "No member has been named to lead on the house.")
    FUNDS = ("funds.proven", "The funds that the programme asks for have not been shown.")
    AUTHORITY = ("local_authority.consented", "The local authority has not given its consent.")
    HOUSEHOLD_APPROVED = (
        "household.approved",
        "The household’s own application has not been approved.",
    )
    HOUSEHOLDS_FINISHED = (
        "households.all_finished",
        "A household of the group is still being supported.",
    )
    CONCERN_CLOSED = ("concern.closed", "The concern about the group has not been closed.")
    HANDED_OVER = (
        "households.handed_over",
        "Not every household of the group has somebody else to support it.",
    )
