"""Create applications of sponsor groups: plan, budget, questions and scores."""

import sqlalchemy as sa
from alembic import op

revision = "0044_create_applications"
down_revision = "0043_let_go_together"

TABLES = (
    "application_score",
    "application_question",
    "application_line",
    "application_part",
    "group_application",
)


def record() -> list[sa.Column[object]]:
    return [
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
    ]


def of_group(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["group_id"], ["sponsor_group.id"], name=op.f(f"fk_{table}_group_id_sponsor_group")
    )


def of_application(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["application_id"],
        ["group_application.id"],
        name=op.f(f"fk_{table}_application_id_group_application"),
    )


def index(table: str, column: str) -> None:
    op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=False)


def upgrade() -> None:
    op.create_table(
        "group_application",
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("begun_on", sa.Date(), nullable=False),
        sa.Column("subject_line", sa.String(), nullable=False),
        sa.Column("links", sa.JSON(), nullable=False),
        sa.Column("discussed_on", sa.Date(), nullable=True),
        sa.Column("discussed_by", sa.Uuid(), nullable=True),
        sa.Column("discussion", sa.String(), nullable=False),
        sa.Column("submitted_on", sa.Date(), nullable=True),
        sa.Column("submitted_by", sa.Uuid(), nullable=True),
        sa.Column(
            "decision",
            sa.Enum(
                "approved",
                "declined",
                "withdrawn",
                name="decision",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("reasons", sa.String(), nullable=False),
        sa.Column("feedback", sa.String(), nullable=False),
        *record(),
        of_group("group_application"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_application")),
        sa.UniqueConstraint("group_id", "round", name=op.f("uq_group_application_group_id_round")),
    )
    op.create_table(
        "application_part",
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("domain", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("led_by", sa.String(), nullable=True),
        *record(),
        of_group("application_part"),
        of_application("application_part"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application_part")),
        sa.UniqueConstraint(
            "application_id", "domain", name=op.f("uq_application_part_application_id_domain")
        ),
    )
    index("application_part", "group_id")
    op.create_table(
        "application_line",
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column(
            "side",
            sa.Enum("income", "spending", name="side", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("dollars", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        *record(),
        sa.CheckConstraint("dollars > 0", name=op.f("ck_application_line_dollars")),
        of_group("application_line"),
        of_application("application_line"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application_line")),
    )
    index("application_line", "group_id")
    index("application_line", "application_id")
    op.create_table(
        "application_question",
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=True),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("answered_by", sa.Uuid(), nullable=True),
        *record(),
        of_group("application_question"),
        of_application("application_question"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application_question")),
    )
    index("application_question", "group_id")
    index("application_question", "application_id")
    op.create_table(
        "application_score",
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("criterion", sa.String(), nullable=False),
        sa.Column("assessor_id", sa.Uuid(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        *record(),
        of_group("application_score"),
        of_application("application_score"),
        sa.ForeignKeyConstraint(
            ["assessor_id"],
            ["user_account.id"],
            name=op.f("fk_application_score_assessor_id_user_account"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application_score")),
        sa.UniqueConstraint(
            "application_id",
            "criterion",
            "assessor_id",
            name=op.f("uq_application_score_application_id_criterion_assessor_id"),
        ),
    )
    index("application_score", "group_id")
    index("application_score", "assessor_id")


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
