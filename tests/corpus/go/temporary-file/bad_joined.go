package a

func cache(data []byte) error {
	name := filepath.Join(os.TempDir(), "cache.json")
	return os.WriteFile(name, data, 0o600)  // expect: CWE-377
}
