package repo

func Purge(db *sqlx.DB, table string) error {
	_, err := db.Exec("TRUNCATE " + table)  // expect: CWE-89
	return err
}
