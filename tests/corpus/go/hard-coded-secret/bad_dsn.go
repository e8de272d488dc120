package shop

import "database/sql"

func Open() (*sql.DB, error) {
	return sql.Open("postgres", "postgres://app:S7r0ngPa55x@db.internal:5432/orders") // expect: CWE-798
}
