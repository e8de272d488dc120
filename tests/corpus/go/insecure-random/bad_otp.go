package auth

import (
	"fmt"
	"math/rand"
)

func NewOTP() string {
	otp := rand.Intn(900000) + 100000 // expect: CWE-330
	return fmt.Sprint(otp)
}
