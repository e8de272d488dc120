import mysql.connector


def get_connection():
    return mysql.connector.connect(
        host="db.internal.example.com",
        user="app",
        password="Tr0ub4dor&3xK9",  # expect: CWE-798
        database="orders",
    )
