package main

func routes(mux *http.ServeMux) {
	mux.Handle("/account", requireAuth(http.HandlerFunc(account)))
	mux.Handle("/transfer", requireAuth(http.HandlerFunc(transfer)))
	mux.HandleFunc("/admin/delete", adminDelete)  // expect: CWE-862|CWE-306
}
