package config

func secret() string {
	s := os.Getenv("JWT_SECRET")
	if s == "" {
		s = "default-secret-key"  // expect: CWE-798
	}
	return s
}
