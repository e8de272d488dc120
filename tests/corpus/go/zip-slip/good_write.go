package a

func extract(r *zip.ReadCloser, folder string) error {
	for _, entry := range r.File {
		path := filepath.Join(folder, filepath.Base(entry.Name))
		data, err := read(entry)
		if err != nil {
			return err
		}
		if err := os.WriteFile(path, data, 0o600); err != nil {
			return err
		}
	}
	return nil
}
