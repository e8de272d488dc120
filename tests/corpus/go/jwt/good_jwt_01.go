package auth

func userID(tokenString string) (string, error) {
	token, err := jwt.Parse(tokenString, func(t *jwt.Token) (interface{}, error) {
		if _, ok := t.Method.(*jwt.SigningMethodHMAC); !ok {
			return nil, fmt.Errorf("unexpected method %v", t.Header["alg"])
		}
		return secret, nil
	})
	if err != nil || !token.Valid {
		return "", errors.New("invalid")
	}
	return token.Claims.(jwt.MapClaims)["sub"].(string), nil
}
