"""Dwellings, placements and sponsorships."""

import sqlalchemy as sa
from alembic import op

revision = "0007_create_placements"
down_revision = "0006_create_cases"


def upgrade() -> None:
    op.create_table(
        "dwelling",
        sa.Column("household_id", sa.Uuid(), nullable=True),
        sa.Column("location", sa.String(), nullable=False),
        sa.Column("bedrooms", sa.Integer(), nullable=False),
        sa.Column(
            "tenure",
            sa.Enum(
                "private_rental",
                "public_housing",
                "community_housing",
                "church_or_sponsor_owned",
                "transitional",
                "staying_with_others",
                "owned",
                "motel_emergency",
                "reception_centre",
                name="tenure",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("tenancy_from", sa.Date(), nullable=True),
        sa.Column("tenancy_to", sa.Date(), nullable=True),
        sa.Column(
            "rent_paid_by",
            sa.Enum(
                "family", "sponsor", "msd", "mixed", name="rentpaidby", native_enum=False, length=40
            ),
            nullable=True,
        ),
        sa.Column("step_free", sa.Boolean(), nullable=False),
        sa.Column("healthy_homes_seen", sa.Boolean(), nullable=False),
        sa.Column("heating", sa.String(), nullable=False),
        sa.Column("address", sa.LargeBinary(), nullable=True),
        sa.Column("directions", sa.LargeBinary(), nullable=True),
        sa.Column("weekly_rent", sa.LargeBinary(), nullable=True),
        sa.Column("bond", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("bedrooms >= 0", name=op.f("ck_dwelling_bedrooms")),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_dwelling_household_id_household")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dwelling")),
    )
    op.create_index(op.f("ix_dwelling_household_id"), "dwelling", ["household_id"], unique=False)
    op.create_index(op.f("ix_dwelling_location"), "dwelling", ["location"], unique=False)
    op.create_table(
        "house_check",
        sa.Column("dwelling_id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("item_code", sa.String(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "ok", "missing", "not_needed", name="checkstatus", native_enum=False, length=40
            ),
            nullable=False,
        ),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("checked_by", sa.Uuid(), nullable=True),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dwelling_id"], ["dwelling.id"], name=op.f("fk_house_check_dwelling_id_dwelling")
        ),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_house_check_household_id_household")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_house_check")),
        sa.UniqueConstraint(
            "dwelling_id",
            "household_id",
            "item_code",
            name=op.f("uq_house_check_dwelling_id_household_id_item_code"),
        ),
    )
    op.create_index(
        op.f("ix_house_check_household_id"), "house_check", ["household_id"], unique=False
    )
    op.create_table(
        "placement",
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "reception",
                "transitional",
                "settled",
                "emergency",
                name="placementkind",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("dwelling_id", sa.Uuid(), nullable=True),
        sa.Column("location", sa.String(), nullable=False),
        sa.Column("start_on", sa.Date(), nullable=False),
        sa.Column("end_on", sa.Date(), nullable=True),
        sa.Column("provider", sa.String(), nullable=True),
        sa.Column("group_id", sa.Uuid(), nullable=True),
        sa.Column("received_by", sa.String(), nullable=False),
        sa.Column("unready", sa.JSON(), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.LargeBinary(), nullable=True),
        sa.Column("end_reason", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "end_on IS NULL OR end_on >= start_on", name=op.f("ck_placement_ends_after_start")
        ),
        sa.ForeignKeyConstraint(
            ["dwelling_id"], ["dwelling.id"], name=op.f("fk_placement_dwelling_id_dwelling")
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["sponsor_group.id"], name=op.f("fk_placement_group_id_sponsor_group")
        ),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_placement_household_id_household")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_placement")),
    )
    op.create_index(op.f("ix_placement_dwelling_id"), "placement", ["dwelling_id"], unique=False)
    op.create_index(op.f("ix_placement_group_id"), "placement", ["group_id"], unique=False)
    op.create_index(op.f("ix_placement_household_id"), "placement", ["household_id"], unique=False)
    op.create_index(op.f("ix_placement_location"), "placement", ["location"], unique=False)
    op.create_index(
        "uq_placement_open",
        "placement",
        ["household_id"],
        unique=True,
        sqlite_where=sa.text("end_on IS NULL"),
        postgresql_where=sa.text("end_on IS NULL"),
    )
    op.create_table(
        "sponsorship",
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("deed_id", sa.Uuid(), nullable=True),
        sa.Column("route", sa.String(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "proposed",
                "accepted",
                "confirmed",
                "suspended",
                "declined",
                "ended",
                name="sponsorshipstatus",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("persons", sa.Integer(), nullable=False),
        sa.Column("proposed_on", sa.Date(), nullable=False),
        sa.Column("proposed_by", sa.Uuid(), nullable=True),
        sa.Column("accepted_on", sa.Date(), nullable=True),
        sa.Column("accepted_by", sa.Uuid(), nullable=True),
        sa.Column("confirmed_on", sa.Date(), nullable=True),
        sa.Column("confirmed_by", sa.Uuid(), nullable=True),
        sa.Column("start_on", sa.Date(), nullable=True),
        sa.Column("planned_end_on", sa.Date(), nullable=True),
        sa.Column("suspended_on", sa.Date(), nullable=True),
        sa.Column("suspended_by", sa.Uuid(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ended_by", sa.Uuid(), nullable=True),
        sa.Column("ending_kind", sa.String(), nullable=True),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("continuity_since", sa.Date(), nullable=True),
        sa.Column("continuity_owner", sa.Uuid(), nullable=True),
        sa.Column("suspension_reason", sa.LargeBinary(), nullable=True),
        sa.Column("ending_note", sa.LargeBinary(), nullable=True),
        sa.Column("continuity_plan", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["deed_id"], ["deed.id"], name=op.f("fk_sponsorship_deed_id_deed")),
        sa.ForeignKeyConstraint(
            ["group_id"], ["sponsor_group.id"], name=op.f("fk_sponsorship_group_id_sponsor_group")
        ),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_sponsorship_household_id_household")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sponsorship")),
    )
    op.create_index(op.f("ix_sponsorship_deed_id"), "sponsorship", ["deed_id"], unique=False)
    op.create_index(op.f("ix_sponsorship_group_id"), "sponsorship", ["group_id"], unique=False)
    op.create_index(
        op.f("ix_sponsorship_household_id"), "sponsorship", ["household_id"], unique=False
    )
    op.create_index(op.f("ix_sponsorship_status"), "sponsorship", ["status"], unique=False)
    op.create_index(
        "uq_sponsorship_open",
        "sponsorship",
        ["household_id"],
        unique=True,
        sqlite_where=sa.text("ended_on IS NULL"),
        postgresql_where=sa.text("ended_on IS NULL"),
    )
    op.create_table(
        "sponsorship_answer",
        sa.Column("sponsorship_id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("agrees", sa.Boolean(), nullable=False),
        sa.Column(
            "method",
            sa.Enum(
                "own_account",
                "signed_form",
                "interpreter_read",
                name="answermethod",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("interpreter", sa.String(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["household_id"],
            ["household.id"],
            name=op.f("fk_sponsorship_answer_household_id_household"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_sponsorship_answer_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["sponsorship_id"],
            ["sponsorship.id"],
            name=op.f("fk_sponsorship_answer_sponsorship_id_sponsorship"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sponsorship_answer")),
        sa.UniqueConstraint(
            "sponsorship_id",
            "person_id",
            name=op.f("uq_sponsorship_answer_sponsorship_id_person_id"),
        ),
    )
    op.create_index(
        op.f("ix_sponsorship_answer_household_id"),
        "sponsorship_answer",
        ["household_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_sponsorship_answer_person_id"), "sponsorship_answer", ["person_id"], unique=False
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_sponsorship_answer_person_id"), table_name="sponsorship_answer")
    op.drop_index(op.f("ix_sponsorship_answer_household_id"), table_name="sponsorship_answer")
    op.drop_table("sponsorship_answer")
    op.drop_index(
        "uq_sponsorship_open",
        table_name="sponsorship",
        sqlite_where=sa.text("ended_on IS NULL"),
        postgresql_where=sa.text("ended_on IS NULL"),
    )
    op.drop_index(op.f("ix_sponsorship_status"), table_name="sponsorship")
    op.drop_index(op.f("ix_sponsorship_household_id"), table_name="sponsorship")
    op.drop_index(op.f("ix_sponsorship_group_id"), table_name="sponsorship")
    op.drop_index(op.f("ix_sponsorship_deed_id"), table_name="sponsorship")
    op.drop_table("sponsorship")
    op.drop_index(
        "uq_placement_open",
        table_name="placement",
        sqlite_where=sa.text("end_on IS NULL"),
        postgresql_where=sa.text("end_on IS NULL"),
    )
    op.drop_index(op.f("ix_placement_location"), table_name="placement")
    op.drop_index(op.f("ix_placement_household_id"), table_name="placement")
    op.drop_index(op.f("ix_placement_group_id"), table_name="placement")
    op.drop_index(op.f("ix_placement_dwelling_id"), table_name="placement")
    op.drop_table("placement")
    op.drop_index(op.f("ix_house_check_household_id"), table_name="house_check")
    op.drop_table("house_check")
    op.drop_index(op.f("ix_dwelling_location"), table_name="dwelling")
    op.drop_index(op.f("ix_dwelling_household_id"), table_name="dwelling")
    op.drop_table("dwelling")
