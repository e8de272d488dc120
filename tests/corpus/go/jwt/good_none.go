package a

func issue(sub string, key *rsa.PrivateKey) (string, error) {
	token := jwt.NewWithClaims(jwt.SigningMethodRS256, jwt.MapClaims{"sub": sub})
	return token.SignedString(key)
}
