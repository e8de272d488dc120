package main

import (
	"database/sql"
	"fmt"
	"net/http"
	"strconv"
)

const table = "users"

func getUser(db *sql.DB) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		id, err := strconv.Atoi(r.URL.Query().Get("id"))
		if err != nil {
			http.Error(w, "bad id", http.StatusBadRequest)
			return
		}
		query := fmt.Sprintf("SELECT name FROM %s WHERE id = %d", table, id)
		row := db.QueryRow(query)
		var name string
		row.Scan(&name)
	}
}
