import sqlite3

TABLE = "audit_log"
COLUMNS = ("id", "actor", "action", "created_at")


def latest(connection: sqlite3.Connection, actor: str, limit: int = 50):
    """The newest entries of one actor."""
    columns = ", ".join(COLUMNS)
    query = "SELECT " + columns + " FROM " + TABLE + " WHERE actor = ? ORDER BY id DESC LIMIT ?"
    return connection.execute(query, (actor, int(limit))).fetchall()
