package a

import (
	"crypto/sha256"

	"golang.org/x/crypto/pbkdf2"
)

const iterations = 1000

func Hash(password, salt []byte) []byte {
	return pbkdf2.Key(password, salt, iterations, 32, sha256.New) // expect: CWE-916
}
