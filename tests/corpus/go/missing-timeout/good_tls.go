package a

func serve() error {
	server := &http.Server{Addr: ":443", Handler: handler(), ReadHeaderTimeout: 5 * time.Second}
	return server.ListenAndServeTLS("cert.pem", "key.pem")
}
