package auth

import (
	"encoding/hex"
	"math/rand"
	"time"
)

func NewSessionID() string {
	source := rand.New(rand.NewSource(time.Now().UnixNano()))
	sessionID := make([]byte, 16)
	source.Read(sessionID) // expect: CWE-330
	return hex.EncodeToString(sessionID)
}
