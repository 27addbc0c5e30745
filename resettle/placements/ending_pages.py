"""Pages on which support is suspended, goes on, is planned anew, or ends."""

from uuid import UUID

from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.placements import endings, rules, schemas
from resettle.placements.models import Sponsorship
from resettle.placements.rules import VISA_NOTE
from resettle.placements.sponsorship_pages import ONE, Shown, shown, to
from resettle.programmes.catalogue import Catalogue
from resettle.web.pages import Form, Led, Pages

pages = Pages("support", __name__, template_folder="templates")


@pages.form(
    ONE + "/suspension",
    permission=Permission.SPONSORSHIP_SUSPEND,
    schema=schemas.GiveReasonSchema(),
    template="placements/reason.html",
)
def suspend(uow: UnitOfWork, form: Form, sponsorship_id: UUID) -> Shown | Led:
    """Suspend a sponsorship at once."""
    if form.command:
        done = endings.suspend(uow, sponsorship_id, form.command)
        return to(done, "Suspended. The group sees nothing of the household from now on.")
    match = uow.get(Sponsorship, sponsorship_id, to=Permission.SPONSORSHIP_SUSPEND)
    return {
        **shown(uow, match),
        "act": "Suspend at once",
        "label": "Reason",
        "told": "The group sees nothing of the household from the next moment on. Somebody then "
        "decides, within a day, who supports it meanwhile.",
    }


@pages.button(ONE + "/resumption", permission=Permission.SPONSORSHIP_CONFIRM)
def resume(uow: UnitOfWork, sponsorship_id: UUID) -> Led:
    """Let a suspended sponsorship go on, as a second person."""
    return to(endings.resume(uow, sponsorship_id), "The group supports the household again.")


@pages.form(
    ONE + "/continuity-plan",
    permission=Permission.SPONSORSHIP_CONFIRM,
    schema=schemas.GiveReasonSchema(),
    template="placements/reason.html",
)
def plan(uow: UnitOfWork, form: Form, sponsorship_id: UUID) -> Shown | Led:
    """Write down who supports the household now."""
    if form.command:
        done = endings.plan_continuity(uow, sponsorship_id, form.command)
        return to(done, f"The plan is on record. {VISA_NOTE}")
    match = uow.get(Sponsorship, sponsorship_id, to=Permission.SPONSORSHIP_CONFIRM)
    return {
        **shown(uow, match),
        "act": "Record the plan",
        "label": "Who supports the household now, and how it is safe",
        "told": VISA_NOTE,
    }


@pages.form(
    ONE + "/end",
    permission=Permission.SPONSORSHIP_END,
    schema=schemas.EndSponsorshipSchema(),
    template="placements/end.html",
)
def end(uow: UnitOfWork, form: Form, sponsorship_id: UUID) -> Shown | Led:
    """End a sponsorship."""
    if form.command:
        return to(endings.end(uow, sponsorship_id, form.command), f"Ended. {VISA_NOTE}")
    match = uow.get(Sponsorship, sponsorship_id, to=Permission.SPONSORSHIP_END)
    lists = uow.use(Catalogue).lists
    mine = rules.kinds_for(uow.actor.role.value, lists["ending_kind"].codes)
    return {
        **shown(uow, match),
        "today": uow.today,
        "kinds": [(i.code, i.title) for i in lists["ending_kind"].items if i.code in mine],
        "reasons": [(item.code, item.title) for item in lists["breakdown_reason"].items],
        "visa_note": VISA_NOTE,
    }
