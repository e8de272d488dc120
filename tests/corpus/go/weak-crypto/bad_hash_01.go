package main

import (
	"crypto/md5"
	"fmt"
)

func hashPassword(password string) string {
	return fmt.Sprintf("%x", md5.Sum([]byte(password)))  // expect: CWE-327|CWE-328|CWE-916
}
