package a

func cache(data []byte) error {
	folder, err := os.MkdirTemp("", "cache-*")
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(folder, "cache.json"), data, 0o600)
}
