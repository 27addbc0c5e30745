"""Pages of surveys: a caseworker hands a link over, a person answers, managers read numbers."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import segno
from flask import Response, current_app, make_response, render_template, request
from flask import url_for as address_of
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from resettle.accounts import sign_in
from resettle.core.actor import Actor, Role
from resettle.core.errors import Conflict, Invalid
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.models import Household, Person
from resettle.households.queries import household_of
from resettle.releases.definition import ReleaseCatalogue
from resettle.settings import Settings
from resettle.surveys import queries, schemas, service, telling
from resettle.surveys.acts import MakeSurveyLink
from resettle.surveys.definition import SurveySettings
from resettle.surveys.models import SurveyInvitation
from resettle.surveys.queries import Asked
from resettle.surveys.rules import Audience, Standing, Way
from resettle.web import words
from resettle.web.auth import admit, origin, transactions
from resettle.web.pages import Form, Go, Led, Pages

pages = Pages("surveys", __name__, template_folder="templates")

Shown = dict[str, Any]
WANTED, SENT = schemas.MakeSurveyLinkSchema(), schemas.AnswersSentSchema()
STATES = {
    Standing.AHEAD: "Not yet",
    Standing.OPEN: "Open, nobody has asked",
    Standing.WAITING: "Asked, not answered yet",
    Standing.ANSWERED: "Answered",
    Standing.OVER: "Over",
}
WAYS = [
    (Way.SELF.value, "I read and answer myself"),
    (Way.READ_OUT.value, "Somebody reads it out to me and notes what I say"),
]
THANKS = "Thank you. What you said is counted, and nobody is told that it was you."
ASKED = (
    "Every question is worked out as far as it may be told. A second person lets each of them go."
)
NOBODY_YET = Actor(Role.HOUSEHOLD_PERSON)


@pages.route("/persons/<uuid:person_id>/surveys", methods=["GET", "POST"])
def make_link(person_id: UUID) -> ResponseReturnValue:
    """Make a link to a survey; its address is told in the answer, once."""
    actor = admit(Permission.SURVEY_INVITE)
    form = Form.sent(WANTED) if request.method == "POST" else Form()
    if isinstance(form.command, MakeSurveyLink):
        try:
            with transactions().begin(actor, Permission.SURVEY_INVITE, origin=origin()) as uow:
                made = service.make_link(uow, person_id, form.command)
                told = schemas.MadeSurveyLinkShape().one(uow, made)
                shown = _about(uow, person_id)
        except Conflict as error:
            form = form.refused({"_schema": [str(error)]})
        else:
            return render_template("surveys/made.html", link=_to_hand_over(told), **shown)
    with transactions().begin(
        actor, Permission.SURVEY_INVITE, read_only=True, origin=origin()
    ) as uow:
        shown = {**_about(uow, person_id), **_offered(uow, person_id)}
    return render_template("surveys/person.html", form=form, **shown), 422 if form.errors else 200


def _about(uow: UnitOfWork, person_id: UUID) -> Shown:
    person = uow.get(Person, person_id, to=Permission.SURVEY_INVITE)
    household_id = household_of(uow, person.id)
    household = None if household_id is None else uow.find(Household, household_id)
    uow.unlock([person.id])
    return {
        "person_id": person.id,
        "name": person.name,
        "household_id": household_id,
        "reference": "" if household is None else household.reference,
        "their_language": words.of_household(
            None if household is None else household.primary_language
        ),
    }


def _offered(uow: UnitOfWork, person_id: UUID) -> Shown:
    points = schemas.PointShape().many_of(uow, queries.points_of(uow, person_id))
    return {
        "points": [{**each, "state": STATES[each["standing"]]} for each in points],
        "can_ask": any(each["standing"] in {Standing.OPEN, Standing.WAITING} for each in points),
        "agrees": queries.agrees_to_evaluation(uow, person_id),
        "languages": [*words.LANGUAGES.items()],
        "days": uow.use(SurveySettings).link_days,
    }


def _to_hand_over(made: Shown) -> Shown:
    """Give the address as text and as a picture for a telephone's camera."""
    settings: Settings = current_app.extensions["settings"]
    path = address_of("surveys.answer_by_link", token=made["token"])
    base = settings.public_url or request.host_url.rstrip("/")
    drawn = segno.make(base + path, error="m", micro=False)
    picture = drawn.svg_inline(scale=5, border=4, svgclass="qr", lineclass=None)
    return {**made, "address": base + path, "picture": Markup(picture)}  # noqa: S704  # segno's own


@pages.route("/s/<string(length=43):token>", methods=["GET", "POST"])
@sign_in.links_limited
def answer_by_link(token: str) -> ResponseReturnValue:
    """Let whoever holds a link answer its questions, and do nothing else."""
    with transactions().begin(NOBODY_YET, "survey:open", read_only=True) as uow:
        asked = queries.by_token(uow, token)
    if asked is None:
        return _quiet("links/spent.html", 410, tags=words.sides())
    chosen = request.values.get("language", "")
    words.speak(chosen if chosen in words.LANGUAGES else asked.language)
    form = Form.sent(SENT) if request.method == "POST" else Form()
    if form.command is not None and not (form := _answered(asked, form)).errors:
        return _quiet("surveys/thanks.html", 200)
    with transactions().begin(asked.actor, "survey:open", read_only=True) as uow:
        shown = _questions(uow, asked.audience)
    status = 422 if form.errors else 200
    return _quiet("surveys/link.html", status, form=form, token=token, **shown)


def _answered(asked: Asked, form: Form) -> Form:
    """Keep the answers; what is wrong with them comes back with the form."""
    try:
        with transactions().begin(asked.actor, Permission.SURVEY_ANSWER, origin=origin()) as uow:
            service.answer(uow, asked.invitation_id, form.command)
    except Invalid as error:
        return form.refused(_beside(error))
    except Conflict as error:
        return form.refused({"_schema": [str(error)]})
    return form


def _beside(error: Invalid) -> dict[str, Any]:
    return {f"{schemas.SCORE}{code}": told for code, told in error.errors.items()}


def _questions(uow: UnitOfWork, audience: Audience) -> Shown:
    asked, settings = queries.set_of(uow, audience), uow.use(SurveySettings)
    return {
        "title": asked.title,
        "questions": [(f"{schemas.SCORE}{q.code}", q.text) for q in asked.questions],
        "scale": [*settings.scale.items()],
        "ways": WAYS,
        "aloud": request.values.get("aloud", "") == "yes",
        "is_family": audience is Audience.FAMILY,
    }


def _quiet(template: str, status: int, **shown: Any) -> Response:
    """Send no more than the name of this site along to wherever the page leads."""
    answer = make_response(render_template(template, **shown), status)
    answer.headers["Referrer-Policy"] = "strict-origin"
    return answer


@pages.page("/my-surveys", permission=Permission.SURVEY_ANSWER, template="surveys/mine.html")
def mine(uow: UnitOfWork) -> Shown:
    """List what one was asked, and what one answered."""
    found = queries.own(uow)
    rows = schemas.InvitationShape().many_of(uow, found)
    said = _own_words(uow, found)
    return {
        "rows": [
            {**row, "is_open": queries.is_open(uow, each), "answers": said.get(each.id, [])}
            for row, each in zip(rows, found, strict=True)
        ]
    }


def _own_words(
    uow: UnitOfWork, found: Sequence[SurveyInvitation]
) -> dict[UUID, list[tuple[str, str]]]:
    """Tell what one answered in the words of questions and scale."""
    settings = uow.use(SurveySettings)
    texts = {(a, q.code): q.text for a, asked in settings.sets.items() for q in asked.questions}
    said: dict[UUID, list[tuple[str, str]]] = {}
    answers = queries.answers_to(uow, found)
    for answer, row in zip(answers, schemas.AnswerShape().many_of(uow, answers), strict=True):
        if "score" in row:
            question = texts.get((answer.audience, answer.question), answer.question)
            told = (question, settings.scale[row["score"] or 0])
            said.setdefault(answer.invitation_id, []).append(told)
    return said


@pages.form(
    "/surveys/<uuid:invitation_id>/answers",
    permission=Permission.SURVEY_ANSWER,
    schema=SENT,
    template="surveys/answer.html",
)
def answer(uow: UnitOfWork, form: Form, invitation_id: UUID) -> Shown | Led:
    """Answer a survey, signed in."""
    if form.command:
        try:
            service.answer(uow, invitation_id, form.command)
        except Invalid as error:
            raise Invalid(_beside(error)) from error
        return Go(".mine", message=THANKS)
    invitation = uow.get(SurveyInvitation, invitation_id, to=Permission.SURVEY_ANSWER)
    return _questions(uow, invitation.audience)


@pages.page(
    "/evaluation/surveys",
    permission=Permission.SURVEY_RESULTS,
    template="surveys/results.html",
    filters=schemas.ResultsWantedSchema(),
)
def told(uow: UnitOfWork, wanted: schemas.ResultsWanted) -> Shown:
    """Tell in numbers what was answered: the family's voice, and apart from it the sponsors'."""
    found = schemas.QuestionResultShape().many_of(uow, telling.results(uow, wanted.policy))
    return {
        "voices": [
            ("What families say", [row for row in found if row["audience"] == "family"]),
            ("What sponsors say", [row for row in found if row["audience"] == "sponsors"]),
        ],
        "policy": wanted.policy,
        "may_ask": uow.allows(Permission.RELEASE_MAKE),
    }


@pages.form(
    "/evaluation/surveys/new",
    permission=Permission.RELEASE_MAKE,
    schema=schemas.AskResultsSchema(),
    template="surveys/ask.html",
)
def ask_told(uow: UnitOfWork, form: Form) -> Shown | Led:
    """Ask for the answers to every question, for an audience."""
    if form.command:
        telling.ask_all(uow, form.command)
        return Go(".told", message=ASKED, policy=form.command.audience)
    audiences = uow.use(ReleaseCatalogue).audiences.values()
    return {"audiences": [(each.code, each.title) for each in audiences]}


make_link.permission = Permission.SURVEY_INVITE  # type: ignore[attr-defined]
answer_by_link.permission = None  # type: ignore[attr-defined]  # the address itself is the secret
