package shop

import (
	"database/sql"
	"fmt"
	"strconv"
)

func Page(db *sql.DB, text string) (*sql.Rows, error) {
	page, err := strconv.Atoi(text)
	if err != nil {
		return nil, err
	}
	return db.Query(fmt.Sprintf("SELECT id FROM items LIMIT 20 OFFSET %d", page*20))
}
