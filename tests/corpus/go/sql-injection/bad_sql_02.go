package store

import "database/sql"

func (s *Store) Search(term string) (*sql.Rows, error) {
	return s.db.Query("SELECT * FROM items WHERE name LIKE '%" + term + "%'")  // expect: CWE-89
}
