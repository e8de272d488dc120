package main

import (
	"crypto/rand"
	"encoding/hex"
	mrand "math/rand"
)

func generateToken(n int) (string, error) {
	b := make([]byte, n)
	if _, err := rand.Read(b); err != nil {
		return "", err
	}
	return hex.EncodeToString(b), nil
}
func backoff() time.Duration { return time.Duration(mrand.Intn(1000)) * time.Millisecond }
func shuffle(xs []int)       { mrand.Shuffle(len(xs), func(i, j int) { xs[i], xs[j] = xs[j], xs[i] }) }
