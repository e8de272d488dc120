package main

func save(data []byte) error {
	if err := os.MkdirAll("data", 0777); err != nil {  // expect: CWE-732|CWE-276
		return err
	}
	return os.WriteFile("data/users.json", data, 0666)  // expect: CWE-732|CWE-276
}
