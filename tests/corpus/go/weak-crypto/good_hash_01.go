package main

import (
	"crypto/sha256"
	"golang.org/x/crypto/bcrypt"
)

func hashPassword(password string) (string, error) {
	h, err := bcrypt.GenerateFromPassword([]byte(password), bcrypt.DefaultCost)
	return string(h), err
}
func checksum(data []byte) [32]byte { return sha256.Sum256(data) }
