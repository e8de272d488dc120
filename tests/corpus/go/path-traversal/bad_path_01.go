package main

func download(w http.ResponseWriter, r *http.Request) {
	name := r.URL.Query().Get("file")
	path := filepath.Join("./uploads", name)
	http.ServeFile(w, r, path)  // expect: CWE-22
}
