package a

func claims(text string) (*Claims, error) {
	c := &Claims{}
	_, err := jwt.ParseWithClaims(text, c, func(t *jwt.Token) (any, error) {  // expect: CWE-347
		return publicKey, nil
	})
	return c, err
}
