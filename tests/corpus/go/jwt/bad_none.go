package a

func issue(sub string) (string, error) {
	token := jwt.NewWithClaims(jwt.SigningMethodNone, jwt.MapClaims{"sub": sub})  // expect: CWE-347
	return token.SignedString(jwt.UnsafeAllowNoneSignatureType)  // expect: CWE-347
}
