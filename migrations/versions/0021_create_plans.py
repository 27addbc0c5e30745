"""Settlement plans: versions, goals, steps, reviews, ratings, what is handed on, referrals."""

import sqlalchemy as sa
from alembic import op

revision = "0021_create_plans"
down_revision = "0020_create_person_merges"


def upgrade() -> None:
    op.create_table(
        "referral",
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("referred_on", sa.Date(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "sent",
                "taken_up",
                "declined",
                "done",
                name="referralstatus",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("outcome_on", sa.Date(), nullable=True),
        sa.Column("target", sa.LargeBinary(), nullable=True),
        sa.Column("reason", sa.LargeBinary(), nullable=True),
        sa.Column("outcome", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_referral_household_id_household")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_referral_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral")),
    )
    op.create_index(op.f("ix_referral_household_id"), "referral", ["household_id"], unique=False)
    op.create_index(op.f("ix_referral_person_id"), "referral", ["person_id"], unique=False)
    op.create_table(
        "support_plan",
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("settlement", "exit", name="plankind", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "draft",
                "active",
                "superseded",
                "closed",
                name="planstatus",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("agreed_on", sa.Date(), nullable=True),
        sa.Column("interpreter_used", sa.Boolean(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_support_plan_household_id_household")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_support_plan")),
        sa.UniqueConstraint(
            "household_id",
            "kind",
            "edition",
            name=op.f("uq_support_plan_household_id_kind_edition"),
        ),
    )
    op.create_index(
        "uq_support_plan_active",
        "support_plan",
        ["household_id", "kind"],
        unique=True,
        sqlite_where=sa.text("status = 'active'"),
        postgresql_where=sa.text("status = 'active'"),
    )
    op.create_index(
        "uq_support_plan_draft",
        "support_plan",
        ["household_id", "kind"],
        unique=True,
        sqlite_where=sa.text("status = 'draft'"),
        postgresql_where=sa.text("status = 'draft'"),
    )
    op.create_table(
        "plan_agreement",
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["household_id"],
            ["household.id"],
            name=op.f("fk_plan_agreement_household_id_household"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_plan_agreement_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["support_plan.id"], name=op.f("fk_plan_agreement_plan_id_support_plan")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_agreement")),
        sa.UniqueConstraint(
            "plan_id", "person_id", name=op.f("uq_plan_agreement_plan_id_person_id")
        ),
    )
    op.create_index(
        op.f("ix_plan_agreement_household_id"), "plan_agreement", ["household_id"], unique=False
    )
    op.create_index(
        op.f("ix_plan_agreement_person_id"), "plan_agreement", ["person_id"], unique=False
    )
    op.create_table(
        "plan_goal",
        sa.Column("plan_id", sa.Uuid(), nullable=True),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("thread_id", sa.Uuid(), nullable=False),
        sa.Column("by_family", sa.Boolean(), nullable=False),
        sa.Column("restricted", sa.Boolean(), nullable=False),
        sa.Column("domain", sa.String(), nullable=False),
        sa.Column("own_words", sa.String(), nullable=True),
        sa.Column("own_language", sa.String(), nullable=True),
        sa.Column("wording", sa.String(), nullable=True),
        sa.Column("baseline", sa.Integer(), nullable=True),
        sa.Column("target", sa.Integer(), nullable=True),
        sa.Column(
            "status",
            sa.Enum("open", "reached", "given_up", name="goalstatus", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_plan_goal_household_id_household")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_plan_goal_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["support_plan.id"], name=op.f("fk_plan_goal_plan_id_support_plan")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_goal")),
        sa.UniqueConstraint("plan_id", "thread_id", name=op.f("uq_plan_goal_plan_id_thread_id")),
    )
    op.create_index(op.f("ix_plan_goal_household_id"), "plan_goal", ["household_id"], unique=False)
    op.create_index(op.f("ix_plan_goal_person_id"), "plan_goal", ["person_id"], unique=False)
    op.create_index(op.f("ix_plan_goal_thread_id"), "plan_goal", ["thread_id"], unique=False)
    op.create_table(
        "plan_handover",
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("support", sa.String(), nullable=False),
        sa.Column("taken_by", sa.String(), nullable=True),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_plan_handover_household_id_household")
        ),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["support_plan.id"], name=op.f("fk_plan_handover_plan_id_support_plan")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_handover")),
    )
    op.create_index(
        op.f("ix_plan_handover_household_id"), "plan_handover", ["household_id"], unique=False
    )
    op.create_index(op.f("ix_plan_handover_plan_id"), "plan_handover", ["plan_id"], unique=False)
    op.create_table(
        "plan_review",
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("milestone_id", sa.Uuid(), nullable=True),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("summary", sa.String(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_plan_review_household_id_household")
        ),
        sa.ForeignKeyConstraint(
            ["milestone_id"], ["milestone.id"], name=op.f("fk_plan_review_milestone_id_milestone")
        ),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["support_plan.id"], name=op.f("fk_plan_review_plan_id_support_plan")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_review")),
        sa.UniqueConstraint("milestone_id", name=op.f("uq_plan_review_milestone_id")),
    )
    op.create_index(
        "ix_plan_review_household_id_held_on",
        "plan_review",
        ["household_id", "held_on"],
        unique=False,
    )
    op.create_index(op.f("ix_plan_review_plan_id"), "plan_review", ["plan_id"], unique=False)
    op.create_table(
        "plan_rating",
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("review_id", sa.Uuid(), nullable=True),
        sa.Column("thread_id", sa.Uuid(), nullable=True),
        sa.Column("domain", sa.String(), nullable=False),
        sa.Column(
            "by",
            sa.Enum("staff", "family", name="ratedby", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("comment", sa.String(), nullable=True),
        sa.Column("comment_language", sa.String(), nullable=True),
        sa.Column("rated_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_plan_rating_household_id_household")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_plan_rating_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["review_id"], ["plan_review.id"], name=op.f("fk_plan_rating_review_id_plan_review")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_rating")),
    )
    op.create_index(
        "ix_plan_rating_household_id_rated_on",
        "plan_rating",
        ["household_id", "rated_on"],
        unique=False,
    )
    op.create_index(op.f("ix_plan_rating_person_id"), "plan_rating", ["person_id"], unique=False)
    op.create_index(op.f("ix_plan_rating_review_id"), "plan_rating", ["review_id"], unique=False)
    op.create_index(op.f("ix_plan_rating_thread_id"), "plan_rating", ["thread_id"], unique=False)
    op.create_table(
        "plan_step",
        sa.Column("goal_id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column(
            "owner",
            sa.Enum("worker", "sponsor", "family", name="owner", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column(
            "lead",
            sa.Enum("we_do", "together", "family_leads", name="lead", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column(
            "status",
            sa.Enum("open", "done", "dropped", name="stepstatus", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["goal_id"], ["plan_goal.id"], name=op.f("fk_plan_step_goal_id_plan_goal")
        ),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_plan_step_household_id_household")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_plan_step_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_step")),
    )
    op.create_index(op.f("ix_plan_step_goal_id"), "plan_step", ["goal_id"], unique=False)
    op.create_index(
        "ix_plan_step_household_id_due_on", "plan_step", ["household_id", "due_on"], unique=False
    )
    op.create_index(op.f("ix_plan_step_person_id"), "plan_step", ["person_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_plan_step_person_id"), table_name="plan_step")
    op.drop_index("ix_plan_step_household_id_due_on", table_name="plan_step")
    op.drop_index(op.f("ix_plan_step_goal_id"), table_name="plan_step")
    op.drop_table("plan_step")
    op.drop_index(op.f("ix_plan_rating_thread_id"), table_name="plan_rating")
    op.drop_index(op.f("ix_plan_rating_review_id"), table_name="plan_rating")
    op.drop_index(op.f("ix_plan_rating_person_id"), table_name="plan_rating")
    op.drop_index("ix_plan_rating_household_id_rated_on", table_name="plan_rating")
    op.drop_table("plan_rating")
    op.drop_index(op.f("ix_plan_review_plan_id"), table_name="plan_review")
    op.drop_index("ix_plan_review_household_id_held_on", table_name="plan_review")
    op.drop_table("plan_review")
    op.drop_index(op.f("ix_plan_handover_plan_id"), table_name="plan_handover")
    op.drop_index(op.f("ix_plan_handover_household_id"), table_name="plan_handover")
    op.drop_table("plan_handover")
    op.drop_index(op.f("ix_plan_goal_thread_id"), table_name="plan_goal")
    op.drop_index(op.f("ix_plan_goal_person_id"), table_name="plan_goal")
    op.drop_index(op.f("ix_plan_goal_household_id"), table_name="plan_goal")
    op.drop_table("plan_goal")
    op.drop_index(op.f("ix_plan_agreement_person_id"), table_name="plan_agreement")
    op.drop_index(op.f("ix_plan_agreement_household_id"), table_name="plan_agreement")
    op.drop_table("plan_agreement")
    op.drop_index(
        "uq_support_plan_draft",
        table_name="support_plan",
        sqlite_where=sa.text("status = 'draft'"),
        postgresql_where=sa.text("status = 'draft'"),
    )
    op.drop_index(
        "uq_support_plan_active",
        table_name="support_plan",
        sqlite_where=sa.text("status = 'active'"),
        postgresql_where=sa.text("status = 'active'"),
    )
    op.drop_table("support_plan")
    op.drop_index(op.f("ix_referral_person_id"), table_name="referral")
    op.drop_index(op.f("ix_referral_household_id"), table_name="referral")
    op.drop_table("referral")
