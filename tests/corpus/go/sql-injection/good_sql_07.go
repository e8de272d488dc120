package repo

func Purge(db *sqlx.DB, table string) error {
	if !slices.Contains([]string{"logs", "events"}, table) {
		return errors.New("unknown table")
	}
	_, err := db.Exec("TRUNCATE " + table)
	return err
}
func Drop(db *sqlx.DB, table string) error {
	_, err := db.Exec("DROP TABLE " + pq.QuoteIdentifier(table))
	return err
}
