package client

import (
	"crypto/tls"
	"crypto/x509"
	"net/http"
)

func New(roots *x509.CertPool) *http.Client {
	config := &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12, InsecureSkipVerify: false}
	return &http.Client{Transport: &http.Transport{TLSClientConfig: config}}
}
