package a

func serve() {
	http.HandleFunc("/", index)
	panic(http.ListenAndServe(":8000", nil))  // expect: CWE-400
}
