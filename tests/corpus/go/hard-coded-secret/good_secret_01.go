package config

var jwtSecret = os.Getenv("JWT_SECRET")

const passwordField = "password"

func dsn() string {
	return fmt.Sprintf("postgres://%s:%s@db.internal:5432/app", os.Getenv("DB_USER"), os.Getenv("DB_PASSWORD"))
}
