package main

func save(data []byte) error {
	if err := os.MkdirAll("data", 0o750); err != nil {
		return err
	}
	return os.WriteFile("data/users.json", data, 0o600)
}
