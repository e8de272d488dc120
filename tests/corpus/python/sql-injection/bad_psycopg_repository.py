import psycopg2


class ProductRepository:
    """Access to the products of one shop."""

    def __init__(self, dsn):
        self.conn = psycopg2.connect(dsn)

    def search(self, term, limit=20):
        conditions = []
        if term:
            conditions.append("name ILIKE '%%%s%%'" % term)
        sql = "SELECT id, name, price FROM products"
        if conditions:
            sql += " WHERE " + " AND ".join(conditions)
        sql += " LIMIT 20"
        with self.conn.cursor() as cur:
            cur.execute(sql)  # expect: CWE-89
            return cur.fetchall()
