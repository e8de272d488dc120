package auth

import (
	"crypto/hmac"
	"crypto/sha256"
)

func Sign(key, body []byte) []byte {
	mac := hmac.New(sha256.New, key)
	mac.Write(body)
	return mac.Sum(nil)
}
