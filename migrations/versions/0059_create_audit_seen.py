"""Give the households of a list one narrow row each, instead of a whole row of the trail."""

import sqlalchemy as sa
from alembic import op

revision = "0059_create_audit_seen"
down_revision = "0058_let_report_runs_go"

REFUSE = "the audit trail is append-only"


def upgrade() -> None:
    op.create_table(
        "audit_seen",
        sa.Column("chain", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("household_ref", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("chain", "seq", "household_ref", name=op.f("pk_audit_seen")),
    )
    op.create_index(
        op.f("ix_audit_seen_household_ref"), "audit_seen", ["household_ref"], unique=False
    )
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("update", "delete"):
            op.execute(
                f"CREATE TRIGGER audit_seen_no_{verb} BEFORE {verb.upper()} ON audit_seen "
                f"BEGIN SELECT RAISE(ABORT, '{REFUSE}'); END"
            )
        return
    op.execute(
        "CREATE TRIGGER audit_seen_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_seen "
        "EXECUTE FUNCTION audit_entry_refuse()"
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_audit_seen_household_ref"), table_name="audit_seen")
    op.drop_table("audit_seen")
