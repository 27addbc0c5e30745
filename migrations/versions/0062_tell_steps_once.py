"""Keep in one place that a house must be without steps: with what is needed of a house."""

from datetime import UTC, datetime
from uuid import uuid4

import sqlalchemy as sa
from alembic import op

revision = "0062_tell_steps_once"
down_revision = "0061_hold_evidence_back"

CODE = "step_free"
WISH = sa.table(
    "placement_wish",
    sa.column("id", sa.Uuid()),
    sa.column("household_id", sa.Uuid()),
    sa.column("needs", sa.JSON()),
    sa.column("wants", sa.JSON()),
)
NEED = sa.table(
    "housing_need",
    sa.column("id", sa.Uuid()),
    sa.column("household_id", sa.Uuid()),
    sa.column("step_free", sa.Boolean()),
    sa.column("features", sa.JSON()),
    sa.column("told_on", sa.Date()),
    sa.column("recorded_at", sa.DateTime(timezone=True)),
)


def upgrade() -> None:
    """Move it. Whoever said it in either place needs it still: the last word of theirs says so."""
    if op.get_context().as_sql:
        return  # written out: there are no rows to be read
    bind = op.get_bind()
    for wish in bind.execute(sa.select(WISH)).all():
        if CODE not in {*wish.needs, *wish.wants}:
            continue
        if CODE in wish.needs:
            _tell(bind, wish.household_id)
        kept = {
            name: [code for code in codes if code != CODE]
            for name, codes in (("needs", wish.needs), ("wants", wish.wants))
        }
        bind.execute(sa.update(WISH).where(WISH.c.id == wish.id).values(kept))


def _tell(bind: sa.Connection, household_id: object) -> None:
    told = sa.select(NEED.c.id).where(NEED.c.household_id == household_id)
    last = bind.execute(
        told.order_by(NEED.c.told_on.desc(), NEED.c.recorded_at.desc(), NEED.c.id)
    ).scalar()
    if last is not None:
        bind.execute(sa.update(NEED).where(NEED.c.id == last).values(step_free=True))
        return
    now = datetime.now(UTC)
    row = {"id": uuid4(), "household_id": household_id, "step_free": True, "features": []}
    bind.execute(sa.insert(NEED).values({**row, "told_on": now.date(), "recorded_at": now}))


def downgrade() -> None:
    """Leave it where it is: what is read from there is as true one release before."""
