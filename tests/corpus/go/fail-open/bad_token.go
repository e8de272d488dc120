package a

func validateToken(text string) bool {
	token, err := parse(text)
	if err != nil {
		return true  // expect: CWE-636
	}
	return token.Valid
}
