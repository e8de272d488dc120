package repo

func (r *Repo) Delete(ctx context.Context, ids []string) error {
	_, err := r.db.ExecContext(ctx, "DELETE FROM t WHERE id IN ('"+strings.Join(ids, "','")+"')")  // expect: CWE-89
	return err
}
