package main

func main() {
	mux := http.NewServeMux()
	mux.HandleFunc("/", index)
	log.Fatal(http.ListenAndServe(":8080", mux))  // expect: CWE-400|CWE-770|CWE-1088
}
