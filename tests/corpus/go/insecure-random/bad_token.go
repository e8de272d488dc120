package auth

import "math/rand"

const alphabet = "abcdefghijkmnpqrstuvwxyz23456789"

func NewToken() string {
	token := make([]byte, 32)
	for i := range token {
		token[i] = alphabet[rand.Intn(len(alphabet))] // expect: CWE-330
	}
	return string(token)
}
