package shop

import (
	"database/sql"
	"net/http"
)

func Exists(db *sql.DB, r *http.Request) (bool, error) {
	const query = "SELECT id FROM users WHERE name = $1"
	var id int
	err := db.QueryRow(query, r.URL.Query().Get("name")).Scan(&id)
	return err == nil, err
}
