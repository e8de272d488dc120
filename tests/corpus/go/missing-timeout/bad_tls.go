package a

func serve() error {
	return http.ListenAndServeTLS(":443", "cert.pem", "key.pem", handler())  // expect: CWE-400
}
