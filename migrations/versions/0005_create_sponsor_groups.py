"""Sponsor groups, their members, vetting, deeds and reports."""

import sqlalchemy as sa
from alembic import op

revision = "0005_create_sponsor_groups"
down_revision = "0004_create_people_and_consents"


def upgrade() -> None:
    op.create_table(
        "sponsor_group",
        sa.Column("legal_name", sa.String(), nullable=False),
        sa.Column("trading_name", sa.String(), nullable=False),
        sa.Column("entity_type", sa.String(), nullable=False),
        sa.Column("registration_no", sa.String(), nullable=False),
        sa.Column("location", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("programme_code", sa.String(), nullable=False),
        sa.Column("programme_version", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("status_since", sa.Date(), nullable=False),
        sa.Column("status_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("left_status", sa.String(), nullable=True),
        sa.Column("max_persons", sa.Integer(), nullable=True),
        sa.Column("max_households", sa.Integer(), nullable=True),
        sa.Column("routes", sa.JSON(), nullable=False),
        sa.Column("persons_now", sa.Integer(), nullable=False),
        sa.Column("households_now", sa.Integer(), nullable=False),
        sa.Column("contact_email", sa.LargeBinary(), nullable=True),
        sa.Column("contact_phone", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "max_households IS NULL OR households_now <= max_households",
            name=op.f("ck_sponsor_group_households"),
        ),
        sa.CheckConstraint(
            "max_persons IS NULL OR persons_now <= max_persons",
            name=op.f("ck_sponsor_group_persons"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sponsor_group")),
        sa.UniqueConstraint("legal_name", name=op.f("uq_sponsor_group_legal_name")),
    )
    op.create_index(op.f("ix_sponsor_group_location"), "sponsor_group", ["location"], unique=False)
    op.create_index(op.f("ix_sponsor_group_status"), "sponsor_group", ["status"], unique=False)
    op.create_table(
        "deed",
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("effective_to", sa.Date(), nullable=True),
        sa.Column("terminated_on", sa.Date(), nullable=True),
        sa.Column("report_days", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"], ["sponsor_group.id"], name=op.f("fk_deed_group_id_sponsor_group")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deed")),
    )
    op.create_index(op.f("ix_deed_group_id"), "deed", ["group_id"], unique=False)
    op.create_table(
        "group_checklist_item",
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("list_code", sa.String(), nullable=False),
        sa.Column("item_code", sa.String(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "open",
                "met",
                "waived",
                "to_follow",
                name="itemstatus",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["sponsor_group.id"],
            name=op.f("fk_group_checklist_item_group_id_sponsor_group"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_checklist_item")),
        sa.UniqueConstraint(
            "group_id",
            "list_code",
            "item_code",
            name=op.f("uq_group_checklist_item_group_id_list_code_item_code"),
        ),
    )
    op.create_table(
        "group_move",
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("from_status", sa.String(), nullable=False),
        sa.Column("to_status", sa.String(), nullable=False),
        sa.Column("moved_on", sa.Date(), nullable=False),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("moved_by", sa.Uuid(), nullable=True),
        sa.Column("overridden", sa.Boolean(), nullable=False),
        sa.Column("missing", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"], ["sponsor_group.id"], name=op.f("fk_group_move_group_id_sponsor_group")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_move")),
    )
    op.create_index(op.f("ix_group_move_group_id"), "group_move", ["group_id"], unique=False)
    op.create_table(
        "group_step",
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("fact", sa.String(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"], ["sponsor_group.id"], name=op.f("fk_group_step_group_id_sponsor_group")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_step")),
        sa.UniqueConstraint("group_id", "fact", name=op.f("uq_group_step_group_id_fact")),
    )
    op.create_table(
        "sponsor_member",
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("roles", sa.JSON(), nullable=False),
        sa.Column("joined_on", sa.Date(), nullable=False),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("confirmed_by_group_by", sa.Uuid(), nullable=True),
        sa.Column("confirmed_by_group_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_by_manager_by", sa.Uuid(), nullable=True),
        sa.Column("confirmed_by_manager_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("drives_children", sa.Boolean(), nullable=False),
        sa.Column("vetted_until", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["sponsor_group.id"],
            name=op.f("fk_sponsor_member_group_id_sponsor_group"),
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_sponsor_member_user_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sponsor_member")),
    )
    op.create_index(
        op.f("ix_sponsor_member_group_id"), "sponsor_member", ["group_id"], unique=False
    )
    op.create_index(op.f("ix_sponsor_member_user_id"), "sponsor_member", ["user_id"], unique=False)
    op.create_index(
        "uq_sponsor_member_live",
        "sponsor_member",
        ["group_id", "user_id"],
        unique=True,
        sqlite_where=sa.text("left_on IS NULL"),
        postgresql_where=sa.text("left_on IS NULL"),
    )
    op.create_table(
        "report_due",
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("deed_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("submitted_on", sa.Date(), nullable=True),
        sa.Column("cancelled_on", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["deed_id"], ["deed.id"], name=op.f("fk_report_due_deed_id_deed")),
        sa.ForeignKeyConstraint(
            ["group_id"], ["sponsor_group.id"], name=op.f("fk_report_due_group_id_sponsor_group")
        ),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_report_due_household_id_household")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_due")),
        sa.UniqueConstraint(
            "group_id",
            "household_id",
            "code",
            name=op.f("uq_report_due_group_id_household_id_code"),
        ),
    )
    op.create_index(op.f("ix_report_due_deed_id"), "report_due", ["deed_id"], unique=False)
    op.create_index(op.f("ix_report_due_due_on"), "report_due", ["due_on"], unique=False)
    op.create_index(
        op.f("ix_report_due_household_id"), "report_due", ["household_id"], unique=False
    )
    op.create_table(
        "training",
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column(
            "module",
            sa.Enum(
                "child_protection",
                "post_approval",
                "interpreters",
                "culture",
                "other",
                name="trainingmodule",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("completed_on", sa.Date(), nullable=False),
        sa.Column("certificate", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"], ["sponsor_group.id"], name=op.f("fk_training_group_id_sponsor_group")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["sponsor_member.id"], name=op.f("fk_training_member_id_sponsor_member")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training")),
        sa.UniqueConstraint("member_id", "module", name=op.f("uq_training_member_id_module")),
    )
    op.create_index(op.f("ix_training_group_id"), "training", ["group_id"], unique=False)
    op.create_table(
        "vetting",
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("requested_on", sa.Date(), nullable=False),
        sa.Column("agreed_on", sa.Date(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "pending",
                "clear",
                "for_review",
                "declined",
                name="vettingoutcome",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "reason_code",
            sa.Enum(
                "panel_decision",
                "not_for_this_role",
                "identity_not_confirmed",
                "agreement_withdrawn",
                name="vettingreason",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"], ["sponsor_group.id"], name=op.f("fk_vetting_group_id_sponsor_group")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["sponsor_member.id"], name=op.f("fk_vetting_member_id_sponsor_member")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vetting")),
    )
    op.create_index(op.f("ix_vetting_group_id"), "vetting", ["group_id"], unique=False)
    op.create_index(
        "ix_vetting_member_id_requested_on", "vetting", ["member_id", "requested_on"], unique=False
    )
    op.create_index(
        "uq_vetting_pending",
        "vetting",
        ["member_id"],
        unique=True,
        sqlite_where=sa.text("outcome = 'pending'"),
        postgresql_where=sa.text("outcome = 'pending'"),
    )


def downgrade() -> None:
    op.drop_index(
        "uq_vetting_pending",
        table_name="vetting",
        sqlite_where=sa.text("outcome = 'pending'"),
        postgresql_where=sa.text("outcome = 'pending'"),
    )
    op.drop_index("ix_vetting_member_id_requested_on", table_name="vetting")
    op.drop_index(op.f("ix_vetting_group_id"), table_name="vetting")
    op.drop_table("vetting")
    op.drop_index(op.f("ix_training_group_id"), table_name="training")
    op.drop_table("training")
    op.drop_index(op.f("ix_report_due_household_id"), table_name="report_due")
    op.drop_index(op.f("ix_report_due_due_on"), table_name="report_due")
    op.drop_index(op.f("ix_report_due_deed_id"), table_name="report_due")
    op.drop_table("report_due")
    op.drop_index(
        "uq_sponsor_member_live",
        table_name="sponsor_member",
        sqlite_where=sa.text("left_on IS NULL"),
        postgresql_where=sa.text("left_on IS NULL"),
    )
    op.drop_index(op.f("ix_sponsor_member_user_id"), table_name="sponsor_member")
    op.drop_index(op.f("ix_sponsor_member_group_id"), table_name="sponsor_member")
    op.drop_table("sponsor_member")
    op.drop_table("group_step")
    op.drop_index(op.f("ix_group_move_group_id"), table_name="group_move")
    op.drop_table("group_move")
    op.drop_table("group_checklist_item")
    op.drop_index(op.f("ix_deed_group_id"), table_name="deed")
    op.drop_table("deed")
    op.drop_index(op.f("ix_sponsor_group_status"), table_name="sponsor_group")
    op.drop_index(op.f("ix_sponsor_group_location"), table_name="sponsor_group")
    op.drop_table("sponsor_group")
