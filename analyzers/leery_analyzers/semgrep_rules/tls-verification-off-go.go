package clients

import (
	"crypto/tls"
	"crypto/x509"
	"net/http"
)

func insecure() *http.Client {
	// ruleid: tls-verification-off-go
	größe := &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}
	return &http.Client{Transport: größe}
}

func old(name string) *tls.Config {
	// ruleid: tls-verification-off-go
	return &tls.Config{ServerName: name, MinVersion: tls.VersionTLS12, InsecureSkipVerify: true}
}

func later(config *tls.Config) {
	// ruleid: tls-verification-off-go
	config.InsecureSkipVerify = true
}

func strict() *tls.Config {
	// ok: tls-verification-off-go
	return &tls.Config{InsecureSkipVerify: false, MinVersion: tls.VersionTLS13}
}

func privateAuthority(pool *x509.CertPool) *tls.Config {
	// ok: tls-verification-off-go
	return &tls.Config{RootCAs: pool}
}

func ownCheck(check func(tls.ConnectionState) error) *tls.Config {
	// ok: tls-verification-off-go
	return &tls.Config{InsecureSkipVerify: true, VerifyConnection: check}
}
