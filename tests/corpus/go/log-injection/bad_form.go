package a

func search(w http.ResponseWriter, r *http.Request) {
	log.Println("search", r.URL.Query().Get("q"))  // expect: CWE-117
	show(w, r)
}
