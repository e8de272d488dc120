package main

func routes(mux *http.ServeMux) {
	mux.Handle("/account", requireAuth(http.HandlerFunc(account)))
	mux.Handle("/transfer", requireAuth(http.HandlerFunc(transfer)))
	mux.HandleFunc("/", index)
	mux.HandleFunc("/login", login)
	mux.Handle("/static/", http.FileServer(http.Dir("static")))
}
