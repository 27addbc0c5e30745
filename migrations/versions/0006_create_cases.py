"""Cases, their history, their papers and who looks after them."""

import sqlalchemy as sa
from alembic import op

revision = "0006_create_cases"
down_revision = "0005_create_sponsor_groups"


def upgrade() -> None:
    op.create_table(
        "places_gate",
        sa.Column("programme_code", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("programme_code", name=op.f("pk_places_gate")),
    )
    op.create_table(
        "assignment",
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "primary", "second", "cover", name="assignmentkind", native_enum=False, length=40
            ),
            nullable=False,
        ),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_assignment_household_id_household")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_assignment_user_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment")),
    )
    op.create_index(
        op.f("ix_assignment_household_id"), "assignment", ["household_id"], unique=False
    )
    op.create_index(
        "ix_assignment_user_id_household_id",
        "assignment",
        ["user_id", "household_id"],
        unique=False,
    )
    op.create_index(
        "uq_assignment_household_id_primary",
        "assignment",
        ["household_id"],
        unique=True,
        sqlite_where=sa.text("until_on IS NULL AND kind = 'primary'"),
        postgresql_where=sa.text("until_on IS NULL AND kind = 'primary'"),
    )
    op.create_table(
        "resettlement_case",
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column(
            "source",
            sa.Enum("unhcr", "inz", "rfsc", "sponsor", name="source", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("case_number_index", sa.String(), nullable=True),
        sa.Column("programme_code", sa.String(), nullable=False),
        sa.Column("programme_version", sa.Integer(), nullable=False),
        sa.Column("programme_year", sa.String(), nullable=True),
        sa.Column("route", sa.String(), nullable=True),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("stage_since", sa.Date(), nullable=False),
        sa.Column("left_stage", sa.String(), nullable=True),
        sa.Column("case_size", sa.Integer(), nullable=False),
        sa.Column("cap_group", sa.String(), nullable=True),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("submitted_on", sa.Date(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("nominated_on", sa.Date(), nullable=True),
        sa.Column("eoi_received_on", sa.Date(), nullable=True),
        sa.Column(
            "processing_mode",
            sa.Enum("mission", "dossier", name="mode", native_enum=False, length=40),
            nullable=True,
        ),
        sa.Column("interview_planned_on", sa.Date(), nullable=True),
        sa.Column("interviewed_on", sa.Date(), nullable=True),
        sa.Column("lodged_on", sa.Date(), nullable=True),
        sa.Column(
            "decision",
            sa.Enum(
                "approved_in_principle",
                "approved",
                "declined",
                name="decisionkind",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("reception_left_on", sa.Date(), nullable=True),
        sa.Column("plan_agreed_on", sa.Date(), nullable=True),
        sa.Column("exit_reviewed_on", sa.Date(), nullable=True),
        sa.Column("early_exit_agreed_on", sa.Date(), nullable=True),
        sa.Column("relocation_outcome", sa.String(), nullable=True),
        sa.Column("case_number", sa.LargeBinary(), nullable=True),
        sa.Column("application_no", sa.LargeBinary(), nullable=True),
        sa.Column("category_1", sa.LargeBinary(), nullable=True),
        sa.Column("category_2", sa.LargeBinary(), nullable=True),
        sa.Column("priority", sa.LargeBinary(), nullable=True),
        sa.Column("subcategory", sa.LargeBinary(), nullable=True),
        sa.Column("region", sa.LargeBinary(), nullable=True),
        sa.Column("interviewer", sa.LargeBinary(), nullable=True),
        sa.Column("interview_interpreter", sa.LargeBinary(), nullable=True),
        sa.Column("travel_on", sa.LargeBinary(), nullable=True),
        sa.Column("exit_handover", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["household_id"],
            ["household.id"],
            name=op.f("fk_resettlement_case_household_id_household"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resettlement_case")),
        sa.UniqueConstraint(
            "source",
            "case_number_index",
            name=op.f("uq_resettlement_case_source_case_number_index"),
        ),
    )
    op.create_index(
        op.f("ix_resettlement_case_household_id"),
        "resettlement_case",
        ["household_id"],
        unique=False,
    )
    op.create_index(
        "ix_resettlement_case_stage",
        "resettlement_case",
        ["programme_code", "stage", "stage_since"],
        unique=False,
    )
    op.create_table(
        "case_check",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "health",
                "character_security",
                "risk",
                "settlement",
                name="checkkind",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("result", sa.LargeBinary(), nullable=True),
        sa.Column("note", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["resettlement_case.id"],
            name=op.f("fk_case_check_case_id_resettlement_case"),
        ),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_case_check_household_id_household")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_check")),
        sa.UniqueConstraint("case_id", "kind", name=op.f("uq_case_check_case_id_kind")),
    )
    op.create_index(
        op.f("ix_case_check_household_id"), "case_check", ["household_id"], unique=False
    )
    op.create_table(
        "case_link",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("linked_case_id", sa.Uuid(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "linked", "cross_referenced", "split", name="linkkind", native_enum=False, length=40
            ),
            nullable=False,
        ),
        sa.Column("linked_number", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["resettlement_case.id"],
            name=op.f("fk_case_link_case_id_resettlement_case"),
        ),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_case_link_household_id_household")
        ),
        sa.ForeignKeyConstraint(
            ["linked_case_id"],
            ["resettlement_case.id"],
            name=op.f("fk_case_link_linked_case_id_resettlement_case"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_link")),
    )
    op.create_index(op.f("ix_case_link_case_id"), "case_link", ["case_id"], unique=False)
    op.create_index(op.f("ix_case_link_household_id"), "case_link", ["household_id"], unique=False)
    op.create_index(
        op.f("ix_case_link_linked_case_id"), "case_link", ["linked_case_id"], unique=False
    )
    op.create_table(
        "checklist_item",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
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
        sa.Column("instead", sa.String(), nullable=True),
        sa.Column("note", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["resettlement_case.id"],
            name=op.f("fk_checklist_item_case_id_resettlement_case"),
        ),
        sa.ForeignKeyConstraint(
            ["household_id"],
            ["household.id"],
            name=op.f("fk_checklist_item_household_id_household"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_checklist_item_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checklist_item")),
        sa.UniqueConstraint(
            "case_id",
            "list_code",
            "item_code",
            "person_id",
            name=op.f("uq_checklist_item_case_id_list_code_item_code_person_id"),
        ),
    )
    op.create_index(
        op.f("ix_checklist_item_household_id"), "checklist_item", ["household_id"], unique=False
    )
    op.create_index(
        op.f("ix_checklist_item_person_id"), "checklist_item", ["person_id"], unique=False
    )
    op.create_index(
        "uq_checklist_item_of_case",
        "checklist_item",
        ["case_id", "list_code", "item_code"],
        unique=True,
        sqlite_where=sa.text("person_id IS NULL"),
        postgresql_where=sa.text("person_id IS NULL"),
    )
    op.create_table(
        "decision",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "approved_in_principle",
                "approved",
                "declined",
                name="decisionkind",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.Column("reason_code", sa.LargeBinary(), nullable=True),
        sa.Column("note", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["resettlement_case.id"],
            name=op.f("fk_decision_case_id_resettlement_case"),
        ),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_decision_household_id_household")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
    )
    op.create_index(op.f("ix_decision_case_id"), "decision", ["case_id"], unique=False)
    op.create_index(op.f("ix_decision_household_id"), "decision", ["household_id"], unique=False)
    op.create_table(
        "eligibility_facts",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("english_assessed_on", sa.Date(), nullable=True),
        sa.Column("basic_english", sa.Boolean(), nullable=True),
        sa.Column("work_years", sa.Integer(), nullable=True),
        sa.Column("tertiary_years", sa.Integer(), nullable=True),
        sa.Column("mandate_confirmed", sa.LargeBinary(), nullable=True),
        sa.Column("other_category", sa.LargeBinary(), nullable=True),
        sa.Column("asylum_country", sa.LargeBinary(), nullable=True),
        sa.Column("region_accepted", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["resettlement_case.id"],
            name=op.f("fk_eligibility_facts_case_id_resettlement_case"),
        ),
        sa.ForeignKeyConstraint(
            ["household_id"],
            ["household.id"],
            name=op.f("fk_eligibility_facts_household_id_household"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_eligibility_facts")),
        sa.UniqueConstraint("case_id", name=op.f("uq_eligibility_facts_case_id")),
    )
    op.create_index(
        op.f("ix_eligibility_facts_household_id"),
        "eligibility_facts",
        ["household_id"],
        unique=False,
    )
    op.create_table(
        "hold",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=False),
        sa.Column("left_stage", sa.String(), nullable=False),
        sa.Column("released_on", sa.Date(), nullable=True),
        sa.Column("reason_code", sa.LargeBinary(), nullable=True),
        sa.Column("note", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["resettlement_case.id"], name=op.f("fk_hold_case_id_resettlement_case")
        ),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_hold_household_id_household")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hold")),
    )
    op.create_index(op.f("ix_hold_case_id"), "hold", ["case_id"], unique=False)
    op.create_index(op.f("ix_hold_household_id"), "hold", ["household_id"], unique=False)
    op.create_index(op.f("ix_hold_review_on"), "hold", ["review_on"], unique=False)
    op.create_index(
        "uq_hold_case_id_open",
        "hold",
        ["case_id"],
        unique=True,
        sqlite_where=sa.text("released_on IS NULL"),
        postgresql_where=sa.text("released_on IS NULL"),
    )
    op.create_table(
        "stage_entry",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("from_stage", sa.String(), nullable=True),
        sa.Column("to_stage", sa.String(), nullable=False),
        sa.Column("moved_on", sa.Date(), nullable=False),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("moved_by", sa.Uuid(), nullable=True),
        sa.Column("overridden", sa.Boolean(), nullable=False),
        sa.Column("missing", sa.JSON(), nullable=False),
        sa.Column("reason_code", sa.LargeBinary(), nullable=True),
        sa.Column("reason", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["resettlement_case.id"],
            name=op.f("fk_stage_entry_case_id_resettlement_case"),
        ),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_stage_entry_household_id_household")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stage_entry")),
        sa.UniqueConstraint("case_id", "seq", name=op.f("uq_stage_entry_case_id_seq")),
    )
    op.create_index(
        op.f("ix_stage_entry_household_id"), "stage_entry", ["household_id"], unique=False
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_stage_entry_household_id"), table_name="stage_entry")
    op.drop_table("stage_entry")
    op.drop_index(
        "uq_hold_case_id_open",
        table_name="hold",
        sqlite_where=sa.text("released_on IS NULL"),
        postgresql_where=sa.text("released_on IS NULL"),
    )
    op.drop_index(op.f("ix_hold_review_on"), table_name="hold")
    op.drop_index(op.f("ix_hold_household_id"), table_name="hold")
    op.drop_index(op.f("ix_hold_case_id"), table_name="hold")
    op.drop_table("hold")
    op.drop_index(op.f("ix_eligibility_facts_household_id"), table_name="eligibility_facts")
    op.drop_table("eligibility_facts")
    op.drop_index(op.f("ix_decision_household_id"), table_name="decision")
    op.drop_index(op.f("ix_decision_case_id"), table_name="decision")
    op.drop_table("decision")
    op.drop_index(
        "uq_checklist_item_of_case",
        table_name="checklist_item",
        sqlite_where=sa.text("person_id IS NULL"),
        postgresql_where=sa.text("person_id IS NULL"),
    )
    op.drop_index(op.f("ix_checklist_item_person_id"), table_name="checklist_item")
    op.drop_index(op.f("ix_checklist_item_household_id"), table_name="checklist_item")
    op.drop_table("checklist_item")
    op.drop_index(op.f("ix_case_link_linked_case_id"), table_name="case_link")
    op.drop_index(op.f("ix_case_link_household_id"), table_name="case_link")
    op.drop_index(op.f("ix_case_link_case_id"), table_name="case_link")
    op.drop_table("case_link")
    op.drop_index(op.f("ix_case_check_household_id"), table_name="case_check")
    op.drop_table("case_check")
    op.drop_index("ix_resettlement_case_stage", table_name="resettlement_case")
    op.drop_index(op.f("ix_resettlement_case_household_id"), table_name="resettlement_case")
    op.drop_table("resettlement_case")
    op.drop_index(
        "uq_assignment_household_id_primary",
        table_name="assignment",
        sqlite_where=sa.text("until_on IS NULL AND kind = 'primary'"),
        postgresql_where=sa.text("until_on IS NULL AND kind = 'primary'"),
    )
    op.drop_index("ix_assignment_user_id_household_id", table_name="assignment")
    op.drop_index(op.f("ix_assignment_household_id"), table_name="assignment")
    op.drop_table("assignment")
    op.drop_table("places_gate")
