"""How often an article helped, per version as well. What was counted before goes to the version that was
there at the end of that day.
"""

from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.execute("ALTER TABLE article_judgements ADD COLUMN version INTEGER")
    op.execute("""
        UPDATE article_judgements j SET version = coalesce((
            SELECT max(v.version) FROM article_versions v
            WHERE v.article_id = j.article_id
              AND v.published_at < (j.day + 1)::timestamp AT TIME ZONE 'UTC'
        ), 1)
    """)
    op.execute("ALTER TABLE article_judgements ALTER COLUMN version SET NOT NULL")
    op.drop_constraint("article_judgements_pkey", "article_judgements", type_="primary")
    op.create_primary_key("article_judgements_pkey", "article_judgements", ["article_id", "version", "day"])


def downgrade() -> None:
    op.execute("""
        CREATE TEMPORARY TABLE per_day ON COMMIT DROP AS
        SELECT article_id, day, sum(helped) AS helped, sum(did_not_help) AS did_not_help
        FROM article_judgements GROUP BY article_id, day
    """)
    op.execute("DELETE FROM article_judgements")
    op.drop_constraint("article_judgements_pkey", "article_judgements", type_="primary")
    op.drop_column("article_judgements", "version")
    op.create_primary_key("article_judgements_pkey", "article_judgements", ["article_id", "day"])
    op.execute("INSERT INTO article_judgements (article_id, day, helped, did_not_help) SELECT * FROM per_day")
