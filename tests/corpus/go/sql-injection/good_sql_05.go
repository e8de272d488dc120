package repo

func (r *Repo) Delete(ctx context.Context, ids []string) error {
	placeholders := make([]string, len(ids))
	args := make([]interface{}, len(ids))
	for i, id := range ids {
		placeholders[i] = fmt.Sprintf("$%d", i+1)
		args[i] = id
	}
	_, err := r.db.ExecContext(ctx, "DELETE FROM t WHERE id IN ("+strings.Join(placeholders, ",")+")", args...)
	return err
}
