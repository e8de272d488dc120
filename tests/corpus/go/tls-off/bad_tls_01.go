package main

func client() *http.Client {
	tr := &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}  // expect: CWE-295
	return &http.Client{Transport: tr, Timeout: time.Second}
}
