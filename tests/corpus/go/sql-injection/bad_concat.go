package shop

import (
	"context"
	"database/sql"
)

func Delete(ctx context.Context, db *sql.DB, table, id string) error {
	_, err := db.ExecContext(ctx, "DELETE FROM "+table+" WHERE id = "+id) // expect: CWE-89
	return err
}
