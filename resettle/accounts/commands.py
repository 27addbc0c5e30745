"""`resettle users`: the first administrator, and whoever cannot be reached by the pages."""

import sys

import click
from marshmallow import ValidationError

from resettle.accounts import entrance, queries, rules, schemas, service
from resettle.accounts.credentials import COMMON, Passwords
from resettle.accounts.models import UserAccount
from resettle.accounts.service import Deactivate, GrantDuty, InviteUser
from resettle.core.actor import SYSTEM, Duty
from resettle.core.errors import ResettleError
from resettle.core.work import UnitOfWork
from resettle.web.errors import flat

ROLES = click.Choice([role.value for role in rules.GRANTABLE])
DUTIES = click.Choice([duty.value for duty in Duty])
BY_COMMAND = "by command"


@click.group()
def users() -> None:
    """Open, list and shut accounts."""


@users.command()
@click.argument("email")
@click.option("--name", required=True, help="The person's name.")
@click.option("--role", type=ROLES, required=True, help="What they are to do.")
@click.option("--location", "locations", multiple=True, help="A settlement location; repeatable.")
@click.option("--duty", "duties", type=DUTIES, multiple=True, help="A duty; repeatable.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
@click.pass_context
def create(  # noqa: PLR0913  # the options of the command
    context: click.Context,
    email: str,
    name: str,
    role: str,
    locations: tuple[str, ...],
    duties: tuple[str, ...],
    *,
    password_stdin: bool,
) -> None:
    """Open an account that can be used at once."""
    invitation = _invitation(email=email, name=name, role=role, locations=[*locations])
    password = _password(email, name, from_input=password_stdin)
    password_hash = Passwords.of(context.obj.settings).hash(password)
    try:
        with context.obj.transactions.begin(SYSTEM, "user:create") as uow:
            _open(uow, invitation, [Duty(duty) for duty in duties], password_hash)
    except ResettleError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{email} can sign in as {role}.")


def _invitation(**given: object) -> InviteUser:
    try:
        made: InviteUser = schemas.InviteUserSchema().load(given)
    except ValidationError as error:
        faults = (f"{name}: {' '.join(told)}" for name, told in flat(error.messages_dict).items())
        raise click.ClickException(" ".join(faults)) from error
    return made


def _password(email: str, name: str, *, from_input: bool) -> str:
    if from_input:
        password = sys.stdin.readline().removesuffix("\n").removesuffix("\r")
    else:
        password = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    if faults := rules.password_faults(password, (email, name), COMMON):
        raise click.ClickException(" ".join(faults))
    return password


def _open(uow: UnitOfWork, invitation: InviteUser, duties: list[Duty], password_hash: str) -> None:
    if queries.by_email(uow, invitation.email) is not None:
        raise click.ClickException("There is an account with this e-mail already.")
    user_id = service.invite(uow, invitation).id
    for duty in duties:
        service.grant_duty(uow, user_id, GrantDuty(duty, BY_COMMAND))
    entrance.activate(uow, user_id, password_hash)


@users.command(name="list")
@click.pass_context
def list_(context: click.Context) -> None:
    """List the accounts."""
    with context.obj.transactions.begin(SYSTEM, "user:read", read_only=True) as uow:
        found = queries.users(uow, queries.UserFilters())
        for user in uow.rows(found.order_by(UserAccount.email)):
            click.echo(f"{user.email}\t{user.role}\t{user.status}\t{user.name}")


@users.command()
@click.argument("email")
@click.option("--reason", required=True, help="Why, for the record.")
@click.option("--leave-households", is_flag=True, help="Their households are the team leader’s.")
@click.pass_context
def deactivate(context: click.Context, email: str, reason: str, *, leave_households: bool) -> None:
    """Shut an account, and end its sessions and tokens at once."""
    try:
        with context.obj.transactions.begin(SYSTEM, "user:deactivate") as uow:
            user = queries.by_email(uow, email.strip().lower())
            if user is None:
                raise click.ClickException("There is no account with this e-mail.")
            service.deactivate(uow, user.id, Deactivate(reason, households_left=leave_households))
    except ResettleError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{email} is deactivated.")
