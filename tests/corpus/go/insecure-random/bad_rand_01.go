package main

import "math/rand"

func generateToken(n int) string {
	const letters = "abcdefghijklmnopqrstuvwxyz"
	b := make([]byte, n)
	for i := range b {
		b[i] = letters[rand.Intn(len(letters))]  // expect: CWE-330|CWE-338
	}
	return string(b)
}
