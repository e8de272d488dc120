package config

func secret() string {
	s := os.Getenv("JWT_SECRET")
	if s == "" {
		log.Fatal("JWT_SECRET not set")
	}
	port := os.Getenv("PORT")
	if port == "" {
		port = "8080"
	}
	return s
}
