package main

func client(pool *x509.CertPool) *http.Client {
	tr := &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS12}}
	return &http.Client{Transport: tr, Timeout: time.Second}
}
func pinned() *tls.Config {
	return &tls.Config{InsecureSkipVerify: true, VerifyPeerCertificate: verifyPin}
}
