package auth

func parse(tokenString string) (*jwt.Token, error) {
	return jwt.Parse(tokenString, func(token *jwt.Token) (interface{}, error) {  // expect: CWE-347|CWE-345|CWE-287|CWE-327
		return []byte(os.Getenv("JWT_SECRET")), nil
	})
}
