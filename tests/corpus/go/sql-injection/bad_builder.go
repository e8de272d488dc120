package shop

import (
	"database/sql"
	"strings"
)

func Find(db *sql.DB, city string, sort string) (*sql.Rows, error) {
	var b strings.Builder
	b.WriteString("SELECT id FROM customers WHERE city = ? ORDER BY ")
	b.WriteString(sort)
	return db.Query(b.String(), city) // expect: CWE-89
}
