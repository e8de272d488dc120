package main

func main() {
	srv := &http.Server{
		Addr:        ":8080",
		Handler:     router,
		ReadTimeout: 5 * time.Second,
	}
	srv.ListenAndServe()
}
