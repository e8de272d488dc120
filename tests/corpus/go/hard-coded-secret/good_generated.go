package auth

import (
	"crypto/rand"
	"encoding/hex"
)

func NewAPIKey() (string, error) {
	apiKey := make([]byte, 24)
	if _, err := rand.Read(apiKey); err != nil {
		return "", err
	}
	return hex.EncodeToString(apiKey), nil
}
