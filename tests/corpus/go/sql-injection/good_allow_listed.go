package shop

import (
	"database/sql"
	"errors"
)

var sortable = map[string]bool{"name": true, "price": true}

func List(db *sql.DB, sort string) (*sql.Rows, error) {
	if !sortable[sort] {
		return nil, errors.New("unknown column")
	}
	return db.Query("SELECT id, name FROM products ORDER BY " + sort)
}
