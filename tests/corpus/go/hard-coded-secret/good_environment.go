package config

import (
	"errors"
	"os"
)

const secretVariable = "JWT_SECRET"

func Secret() ([]byte, error) {
	secret := os.Getenv(secretVariable)
	if secret == "" {
		return nil, errors.New(secretVariable + " is not set")
	}
	return []byte(secret), nil
}
