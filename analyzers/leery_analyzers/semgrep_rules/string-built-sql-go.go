package users

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
)

const TABLE = "users"

func byName(db *sql.DB, name string) (*sql.Rows, error) {
	// ruleid: string-built-sql-go
	return db.Query("SELECT * FROM users WHERE größe = '" + name + "'")
}

func remove(db *sql.DB, id string) error {
	text := fmt.Sprintf("DELETE FROM sessions WHERE id = '%s'", id)
	// ruleid: string-built-sql-go
	_, err := db.Exec(text)
	return err
}

func search(ctx context.Context, db *sql.DB, mail string) *sql.Row {
	// ruleid: string-built-sql-go
	return db.QueryRowContext(ctx, fmt.Sprintf(`SELECT id FROM users WHERE mail = %q`, mail))
}

func parameters(db *sql.DB, name string) (*sql.Rows, error) {
	// ok: string-built-sql-go
	return db.Query("SELECT * FROM users WHERE name = $1", name)
}

func constantTable(db *sql.DB, name string) (*sql.Rows, error) {
	// ok: string-built-sql-go
	return db.Query("SELECT * FROM "+TABLE+" WHERE name = $1", name)
}

func number(db *sql.DB, page int) (*sql.Rows, error) {
	// ok: string-built-sql-go
	return db.Query(fmt.Sprintf("SELECT * FROM users LIMIT 20 OFFSET %d", page*20))
}

func list(db *sql.DB, ids []any) (*sql.Rows, error) {
	placeholders := strings.TrimSuffix(strings.Repeat("?,", len(ids)), ",")
	// ok: string-built-sql-go
	return db.Query("SELECT * FROM users WHERE id IN ("+placeholders+")", ids...)
}

func notSQL(client *Client, name string) error {
	// ok: string-built-sql-go
	return client.Exec("update-" + name)
}
