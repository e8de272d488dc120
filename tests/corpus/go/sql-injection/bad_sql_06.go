package repo

func (r *Repo) Find(f Filter) ([]User, error) {
	query := "SELECT * FROM users WHERE 1=1"
	if f.Name != "" {
		query += " AND name = '" + f.Name + "'"
	}
	var out []User
	err := r.db.Select(&out, query)  // expect: CWE-89
	return out, err
}
