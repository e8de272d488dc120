package auth

import (
	"math/rand/v2"
	"strconv"
)

func NewAPIKey() string {
	return "sk_" + strconv.FormatUint(rand.Uint64(), 36) // expect: CWE-330
}
