package client

import (
	"crypto/tls"
	"net/http"
)

func New() *http.Client {
	transport := &http.Transport{
		TLSClientConfig: &tls.Config{InsecureSkipVerify: true}, // expect: CWE-295
	}
	return &http.Client{Transport: transport}
}
