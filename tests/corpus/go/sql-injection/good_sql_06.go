package repo

func (r *Repo) Find(f Filter) ([]User, error) {
	query := "SELECT * FROM users WHERE 1=1"
	var args []interface{}
	if f.Name != "" {
		args = append(args, f.Name)
		query += fmt.Sprintf(" AND name = $%d", len(args))
	}
	var out []User
	err := r.db.Select(&out, query, args...)
	return out, err
}
