"""The index in which people are found. `resettle search rebuild` fills it for whoever is there."""

import sqlalchemy as sa
from alembic import op

revision = "0011_create_name_index"
down_revision = "0010_create_imports"


def upgrade() -> None:
    op.create_table(
        "name_key",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("letters", sa.String(), nullable=False),
        sa.Column("bones", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_name_key_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_name_key")),
    )
    op.create_index(op.f("ix_name_key_person_id"), "name_key", ["person_id"], unique=False)
    op.create_table(
        "number_key",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("blind", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_number_key_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_number_key")),
    )
    op.create_index(op.f("ix_number_key_blind"), "number_key", ["blind"], unique=False)
    op.create_index(op.f("ix_number_key_person_id"), "number_key", ["person_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_number_key_person_id"), table_name="number_key")
    op.drop_index(op.f("ix_number_key_blind"), table_name="number_key")
    op.drop_table("number_key")
    op.drop_index(op.f("ix_name_key_person_id"), table_name="name_key")
    op.drop_table("name_key")
