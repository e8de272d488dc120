package a

func serve(listener net.Listener) error {
	server := newServer()
	server.ReadTimeout = 10 * time.Second
	return server.Serve(listener)
}
