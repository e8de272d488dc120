package client

import "crypto/tls"

func Config(host string) *tls.Config {
	config := &tls.Config{ServerName: host, MinVersion: tls.VersionTLS12}
	config.InsecureSkipVerify = true // expect: CWE-295
	return config
}
