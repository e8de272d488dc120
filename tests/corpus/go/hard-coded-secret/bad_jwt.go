package auth

import "github.com/golang-jwt/jwt/v5"

var jwtSecret = []byte("my-super-secret-key-2024") // expect: CWE-798

func Issue(user string) (string, error) {
	token := jwt.NewWithClaims(jwt.SigningMethodHS256, jwt.MapClaims{"sub": user})
	return token.SignedString(jwtSecret)
}
