import argparse
import csv
import sqlite3
import sys


def fetch(connection, table, where):
    sql = "SELECT * FROM %s" % table
    if where:
        sql = sql + " WHERE " + where
    return connection.execute(sql)  # expect: CWE-89 @ sql


def main():
    parser = argparse.ArgumentParser(description="Export a table as CSV")
    parser.add_argument("database")
    parser.add_argument("table")
    parser.add_argument("--where", default="")
    args = parser.parse_args()
    writer = csv.writer(sys.stdout)
    with sqlite3.connect(args.database) as connection:
        writer.writerows(fetch(connection, args.table, args.where))


if __name__ == "__main__":
    main()
