package main

import (
	"database/sql"
	"fmt"
	"net/http"
)

func getUser(db *sql.DB) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		id := r.URL.Query().Get("id")
		query := fmt.Sprintf("SELECT name FROM users WHERE id = '%s'", id)
		row := db.QueryRow(query)  // expect: CWE-89
		var name string
		row.Scan(&name)
	}
}
