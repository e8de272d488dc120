package main

import "crypto/sha256"

func hashPassword(password string) string {
	h := sha256.New()
	h.Write([]byte(password))  // expect: CWE-916|CWE-759|CWE-328|CWE-327
	return hex.EncodeToString(h.Sum(nil))
}
