package store

import "database/sql"

const columns = "id, name, price"

func (s *Store) Search(term string) (*sql.Rows, error) {
	q := "SELECT " + columns + " FROM items"
	q += " WHERE name LIKE ?"
	return s.db.Query(q, "%"+term+"%")
}
