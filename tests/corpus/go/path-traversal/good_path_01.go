package main

func download(w http.ResponseWriter, r *http.Request) {
	name := filepath.Base(r.URL.Query().Get("file"))
	path := filepath.Join("./uploads", name)
	http.ServeFile(w, r, path)
}
func logo(w http.ResponseWriter, r *http.Request) { http.ServeFile(w, r, "static/logo.png") }
