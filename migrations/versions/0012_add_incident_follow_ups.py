"""Tasks that follow from an incident, named on the incident alone."""

import sqlalchemy as sa
from alembic import op

revision = "0012_add_incident_follow_ups"
down_revision = "0011_create_name_index"


def upgrade() -> None:
    op.add_column("incident", sa.Column("follow_ups", sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    op.drop_column("incident", "follow_ups")
