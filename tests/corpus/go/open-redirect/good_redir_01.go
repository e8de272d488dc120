package main

func login(w http.ResponseWriter, r *http.Request) {
	next := r.URL.Query().Get("next")
	if !strings.HasPrefix(next, "/") || strings.HasPrefix(next, "//") {
		next = "/"
	}
	http.Redirect(w, r, next, http.StatusFound)
}
func toItem(w http.ResponseWriter, r *http.Request) {
	http.Redirect(w, r, "/items/"+r.FormValue("id"), http.StatusSeeOther)
}
