"""Tell papers apart that a family has brought itself."""

import sqlalchemy as sa
from alembic import op

revision = "0039_add_document_from_family"
down_revision = "0038_create_photos_and_results"


def upgrade() -> None:
    column = sa.Column("from_family", sa.Boolean(), nullable=False, server_default=sa.false())
    op.add_column("document", column)


def downgrade() -> None:
    op.drop_column("document", "from_family")
