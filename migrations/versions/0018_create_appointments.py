"""Create the table of appointments."""

import sqlalchemy as sa
from alembic import op

revision = "0018_create_appointments"
down_revision = "0017_create_documents"


def upgrade() -> None:
    op.create_table(
        "appointment",
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("interpreter_needed", sa.Boolean(), nullable=False),
        sa.Column("interpreter_booked", sa.Boolean(), nullable=False),
        sa.Column("interpreter_language", sa.String(), nullable=True),
        sa.Column(
            "interpreter_gender",
            sa.Enum("woman", "man", name="gender", native_enum=False, length=40),
            nullable=True,
        ),
        sa.Column(
            "transport",
            sa.Enum(
                "own_way",
                "staff_car",
                "sponsor_car",
                "taxi",
                "bus",
                "on_foot",
                "at_home",
                name="transport",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("companion_id", sa.Uuid(), nullable=True),
        sa.Column(
            "outcome",
            sa.Enum(
                "planned",
                "attended",
                "late",
                "did_not_attend",
                "cancelled",
                "rescheduled",
                name="outcome",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("moved_to_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.LargeBinary(), nullable=True),
        sa.Column("with_whom", sa.LargeBinary(), nullable=True),
        sa.Column("place", sa.LargeBinary(), nullable=True),
        sa.Column("interpreter", sa.LargeBinary(), nullable=True),
        sa.Column("driver", sa.LargeBinary(), nullable=True),
        sa.Column("pickup", sa.LargeBinary(), nullable=True),
        sa.Column("companion", sa.LargeBinary(), nullable=True),
        sa.Column("outcome_note", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_appointment_household_id_household")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_appointment_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointment")),
    )
    op.create_index(
        "ix_appointment_household_id_starts_at",
        "appointment",
        ["household_id", "starts_at"],
        unique=False,
    )
    op.create_index(
        "ix_appointment_companion_id_starts_at",
        "appointment",
        ["companion_id", "starts_at"],
        unique=False,
    )
    op.create_index("ix_appointment_starts_at", "appointment", ["starts_at"], unique=False)
    op.create_index(op.f("ix_appointment_person_id"), "appointment", ["person_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_appointment_person_id"), table_name="appointment")
    op.drop_index("ix_appointment_starts_at", table_name="appointment")
    op.drop_index("ix_appointment_companion_id_starts_at", table_name="appointment")
    op.drop_index("ix_appointment_household_id_starts_at", table_name="appointment")
    op.drop_table("appointment")
