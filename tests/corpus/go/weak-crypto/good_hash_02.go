package main

import "crypto/sha1"

// gitBlobID computes the object name git uses.
func gitBlobID(data []byte) string {
	mac := hmac.New(sha256.New, key)
	mac.Write(data)
	return hex.EncodeToString(mac.Sum(nil))
}
