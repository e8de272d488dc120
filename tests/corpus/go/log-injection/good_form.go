package a

func search(w http.ResponseWriter, r *http.Request) {
	log.Printf("search %q", r.URL.Query().Get("q"))
	show(w, r)
}
