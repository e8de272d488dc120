package main

func main() {
	srv := &http.Server{  // expect: CWE-400|CWE-770
		Addr:    ":8080",
		Handler: router,
	}
	srv.ListenAndServe()
}
