package main

func search(w http.ResponseWriter, r *http.Request) {
	q := r.FormValue("q")
	w.Write([]byte("<html><body>Results for " + q + "</body></html>"))  // expect: CWE-79
}
