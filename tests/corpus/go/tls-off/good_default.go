package client

import (
	"net/http"
	"time"
)

func New() *http.Client {
	return &http.Client{Timeout: 10 * time.Second}
}
