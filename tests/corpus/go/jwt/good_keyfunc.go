package a

func claims(text string) (*Claims, error) {
	c := &Claims{}
	_, err := jwt.ParseWithClaims(text, c, func(t *jwt.Token) (any, error) {
		return publicKey, nil
	}, jwt.WithValidMethods([]string{"RS256"}))
	return c, err
}
