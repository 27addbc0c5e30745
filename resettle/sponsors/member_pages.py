"""Pages on which a group tells of its members and papers, and a manager of deeds."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from resettle.core.languages import language
from resettle.core.permissions import Permission
from resettle.core.wording import plain
from resettle.core.work import UnitOfWork
from resettle.sponsors import deeds, members, queries, rules, schemas, service, shapes
from resettle.sponsors.form_schemas import (
    DeedFormSchema,
    ProfileFormSchema,
    ReviseFormSchema,
    written,
)
from resettle.sponsors.models import (
    Deed,
    GroupChecklistItem,
    ItemStatus,
    MemberRole,
    SponsorGroup,
    SponsorMember,
    TrainingModule,
)
from resettle.web.pages import Form, Go, Led, Pages

pages = Pages(
    "sponsor_members", __name__, url_prefix="/sponsor-groups", template_folder="templates"
)
Shown = dict[str, Any]
MEMBER = "/members/<uuid:member_id>"
GROUP = "/<uuid:group_id>"
ROLES = [(role.value, plain(role.value)) for role in MemberRole]
SKILLS = [(skill.value, plain(skill.value)) for skill in rules.Skill]
PARTS = [(code, plain(code)) for code in rules.PARTS_OF_WEEK]
MODULES = [(module.value, plain(module.value)) for module in TrainingModule]
STATES = [(status.value, plain(status.value)) for status in ItemStatus]
# Languages that households and groups here often speak.
SPOKEN = ("eng", "ara", "prs", "pes", "pus", "mya", "spa", "som", "tir", "amh", "swa", "fra",
          "urd", "tam", "rhg", "ukr", "mri")  # fmt: skip
LANGUAGES = [(code, language(code)) for code in SPOKEN]


@pages.form(
    MEMBER + "/profile",
    permission=Permission.MEMBER_ADD,
    schema=ProfileFormSchema(),
    template="sponsors/profile.html",
)
def profile(uow: UnitOfWork, form: Form, member_id: UUID) -> Shown | Led:
    """Say what a member does, can do, speaks, and when they have time."""
    if form.command:
        member = members.update_member(uow, member_id, form.command)
        return _to_group(member.group_id, "Saved.")
    member = uow.get(SponsorMember, member_id, to=Permission.MEMBER_ADD)
    return {
        "member": shapes.MemberShape().one(uow, member),
        "roles": ROLES,
        "skills": SKILLS,
        "languages": LANGUAGES,
        "parts": PARTS,
    }


@pages.form(
    MEMBER + "/trainings/new",
    permission=Permission.MEMBER_ADD,
    schema=schemas.RecordTrainingSchema(),
    template="sponsors/training.html",
)
def trained(uow: UnitOfWork, form: Form, member_id: UUID) -> Shown | Led:
    """Record training that a member has finished."""
    if form.command:
        training = members.record_training(uow, member_id, form.command)
        return _to_group(training.group_id, "The training is recorded.")
    member = uow.get(SponsorMember, member_id, to=Permission.MEMBER_ADD)
    return {"member": shapes.MemberShape().one(uow, member), "modules": MODULES}


@pages.form(
    GROUP + "/papers/<uuid:item_id>",
    permission=Permission.GROUP_UPDATE,
    schema=schemas.RecordItemSchema(),
    template="sponsors/paper.html",
)
def paper(uow: UnitOfWork, form: Form, group_id: UUID, item_id: UUID) -> Shown | Led:
    """Say how one item of the checklist stands, and what shows it."""
    if form.command:
        service.record_item(uow, group_id, item_id, form.command)
        return _to_group(group_id, "Recorded.")
    group = uow.get(SponsorGroup, group_id, to=Permission.GROUP_UPDATE)
    item = uow.get(GroupChecklistItem, item_id, to=Permission.GROUP_UPDATE)
    listed = queries.programme_of(uow, group).checklist(item.list_code).items
    return {
        "group": shapes.GroupShape().one(uow, group),
        "item": shapes.ChecklistItemShape().one(uow, item),
        "title": next(each.title for each in listed if each.code == item.item_code),
        "states": STATES,
    }


@pages.form(
    GROUP + "/deeds/new",
    permission=Permission.DEED_SIGN,
    schema=DeedFormSchema(),
    template="sponsors/deed.html",
)
def sign(uow: UnitOfWork, form: Form, group_id: UUID) -> Shown | Led:
    """Record a signed deed with its schedule of reports."""
    if form.command:
        deeds.sign(uow, group_id, form.command)
        return _to_group(group_id, "The deed is recorded.")
    group = uow.get(SponsorGroup, group_id, to=Permission.DEED_SIGN)
    usual = deeds.report_days(queries.programme_of(uow, group))
    shown = shapes.GroupShape().one(uow, group)
    return {"group": shown, "deed": None, "days": _schedule(uow, group, usual)}


@pages.form(
    GROUP + "/deeds/<uuid:deed_id>/revision",
    permission=Permission.DEED_SIGN,
    schema=ReviseFormSchema(),
    template="sponsors/deed.html",
)
def revise(uow: UnitOfWork, form: Form, group_id: UUID, deed_id: UUID) -> Shown | Led:
    """Change until when a deed holds, and when its reports are due."""
    if form.command:
        deeds.revise(uow, group_id, deed_id, form.command)
        return _to_group(group_id, "The deed is revised; reports still owed follow it.")
    group = uow.get(SponsorGroup, group_id, to=Permission.DEED_SIGN)
    deed = uow.get(Deed, deed_id, to=Permission.DEED_SIGN)
    return {
        "group": shapes.GroupShape().one(uow, group),
        "deed": shapes.DeedShape().one(uow, deed),
        "days": _schedule(uow, group, deed.report_days),
    }


def _schedule(uow: UnitOfWork, group: SponsorGroup, days: Mapping[str, int]) -> str:
    reports = queries.programme_of(uow, group).reports
    return written(days, {report.code: report.title for report in reports})


@pages.form(
    GROUP + "/deeds/<uuid:deed_id>/termination",
    permission=Permission.DEED_SIGN,
    schema=schemas.EndDeedSchema(),
    template="sponsors/deed_end.html",
)
def terminate(uow: UnitOfWork, form: Form, group_id: UUID, deed_id: UUID) -> Shown | Led:
    """Record that a deed was terminated."""
    if form.command:
        deeds.terminate(uow, group_id, deed_id, form.command)
        return _to_group(group_id, "The deed is terminated.")
    group = uow.get(SponsorGroup, group_id, to=Permission.DEED_SIGN)
    deed = uow.get(Deed, deed_id, to=Permission.DEED_SIGN)
    return {
        "group": shapes.GroupShape().one(uow, group),
        "deed": shapes.DeedShape().one(uow, deed),
    }


def _to_group(group_id: UUID, message: str) -> Led:
    return Go("sponsor_groups.show", message=message, group_id=group_id)
