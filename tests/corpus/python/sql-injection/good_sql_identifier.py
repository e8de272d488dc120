import psycopg2
from psycopg2 import sql


def count_rows(dsn, table, owner):
    """Number of rows of a table that belong to an owner."""
    statement = sql.SQL("SELECT COUNT(*) FROM {} WHERE owner = {}").format(sql.Identifier(table), sql.Placeholder())
    with psycopg2.connect(dsn) as conn, conn.cursor() as cur:
        cur.execute(statement, (owner,))
        return cur.fetchone()[0]
