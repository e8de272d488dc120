package a

func validateToken(text string) (bool, error) {
	token, err := parse(text)
	if err != nil {
		return false, err
	}
	return token.Valid, nil
}
