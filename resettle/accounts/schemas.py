"""Accounts in and out: what may be asked, and how users, sessions and tokens are shown."""

from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import Any

from marshmallow import ValidationError, fields, validate

from resettle.accounts.models import ApiToken, DutyGrant, UserAccount, UserSession
from resettle.accounts.own import MakeToken
from resettle.accounts.queries import UserFilters
from resettle.accounts.rules import GRANTABLE, LONGEST, TOKEN_DAYS, AccountStatus
from resettle.accounts.service import ChangeRole, Deactivate, GrantDuty, InviteUser, Reasoned
from resettle.accounts.sign_in import ChangePassword, ChoosePassword, SignIn
from resettle.core.actor import Duty
from resettle.core.classes import IDENT, OPS
from resettle.core.permissions import Permission
from resettle.web.fields import Code, Email, Flag, Id, Many, Name, Text, Whole
from resettle.web.schema import Command, Shape

LOCATION = "[A-Za-z0-9][A-Za-z0-9_-]{0,59}"


class Member(Code):
    """One of some members of an enumeration."""

    def __init__(self, members: Collection[StrEnum], **options: Any) -> None:
        super().__init__([member.value for member in members], **options)
        self.members = {member.value: member for member in members}

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **options: Any
    ) -> str:
        text = super()._deserialize(value, attr, data, **options)
        return self.members.get(text, text)


class Password(fields.String):
    """A password, exactly as typed. Its length is looked at before anything is computed of it."""

    def _deserialize(self, value: Any, *_place: Any, **_options: Any) -> str:
        if not isinstance(value, str) or not value:
            raise ValidationError("Write the password.")
        if len(value) > LONGEST:
            raise ValidationError(f"A password has at most {LONGEST} characters.")
        if any("\ud800" <= character <= "\udfff" for character in value):
            raise ValidationError("This password holds something that is not a character.")
        return str(value)


class SignInSchema(Command[SignIn]):
    makes = SignIn

    email = Email(required=True)
    password = Password(required=True)


class ChangePasswordSchema(Command[ChangePassword]):
    makes = ChangePassword

    current = Password(required=True)
    new = Password(required=True)


class ChoosePasswordSchema(Command[ChoosePassword]):
    makes = ChoosePassword

    password = Password(required=True)


class InviteUserSchema(Command[InviteUser]):
    makes = InviteUser

    email = Email(required=True)
    name = Name(required=True)
    role = Member(GRANTABLE, required=True)
    locations = Many(
        fields.String(
            validate=validate.Regexp(f"^{LOCATION}$", error="Write the code of a place.")
        ),
        most=20,
    )
    person_id = Id()


class ReasonedSchema(Command[Reasoned]):
    makes = Reasoned

    reason = Text(max=500, required=True)


class DeactivateSchema(Command[Deactivate]):
    makes = Deactivate

    reason = Text(max=500, required=True)
    households_left = Flag()


class ChangeRoleSchema(Command[ChangeRole]):
    makes = ChangeRole

    role = Member(GRANTABLE, required=True)
    reason = Text(max=500, required=True)
    households_left = Flag()


class GrantDutySchema(Command[GrantDuty]):
    makes = GrantDuty

    duty = Member(tuple(Duty), required=True)
    reason = Text(max=500, required=True)


class MakeTokenSchema(Command[MakeToken]):
    makes = MakeToken

    name = Name(max=100, required=True)
    scopes = Many(Code([p.value for p in Permission]), required=True)
    days = Whole(1, TOKEN_DAYS, load_default=TOKEN_DAYS)


class UserFiltersSchema(Command[UserFilters]):
    makes = UserFilters

    status = Code([status.value for status in AccountStatus])
    role = Code([role.value for role in GRANTABLE])
    location = Text(max=60)


class UserRow(Shape):
    class Meta:
        model = UserAccount

    id = fields.UUID()
    email = fields.String()
    name = fields.String()
    status = fields.String()
    role = fields.String(metadata=OPS)
    created_at = fields.DateTime()
    version = fields.Integer()


class DutyShape(Shape):
    class Meta:
        model = DutyGrant

    id = fields.UUID()
    duty = fields.String()
    from_at = fields.DateTime()


class UserShape(UserRow):
    class Meta:
        model = UserAccount

    locations = fields.List(fields.String(), metadata=OPS)
    duties = fields.Nested(DutyShape(), many=True, metadata=OPS)
    deactivated_at = fields.DateTime()


class InvitedShape(UserShape):
    class Meta:
        model = UserAccount

    invitation = fields.String(metadata=OPS)


class AccountShape(UserShape):
    class Meta:
        model = UserAccount

    permissions = fields.List(fields.String(), metadata=OPS)
    token_scopes = fields.List(fields.String(), metadata=OPS)


class SignedInShape(Shape):
    """Who is signed in, and the token that unsafe requests of this session must show."""

    class Meta:
        model = UserAccount

    user = fields.Nested(AccountShape(), metadata=OPS)
    role = fields.String(metadata=OPS)
    csrf_token = fields.String(metadata=OPS)


class SessionShape(Shape):
    class Meta:
        model = UserSession

    id = fields.UUID()
    started_at = fields.DateTime()
    last_seen_at = fields.DateTime()
    device = fields.String()
    network = fields.String()
    is_this_one = fields.Boolean(metadata=OPS)


class TokenShape(Shape):
    class Meta:
        model = ApiToken

    id = fields.UUID()
    name = fields.String()
    scopes = fields.List(fields.String())
    made_at = fields.DateTime()
    expires_at = fields.DateTime()


class MadeTokenShape(TokenShape):
    class Meta:
        model = ApiToken

    token = fields.String(metadata=IDENT)
