package shop

import "database/sql"

const table = "audit_log"

func Count(db *sql.DB) (n int, err error) {
	err = db.QueryRow("SELECT COUNT(*) FROM " + table).Scan(&n)
	return n, err
}
