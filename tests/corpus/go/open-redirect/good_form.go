package a

func logout(w http.ResponseWriter, r *http.Request) {
	clearSession(w)
	switch r.FormValue("return_to") {
	case "home":
		http.Redirect(w, r, "/", http.StatusSeeOther)
	default:
		http.Redirect(w, r, "/login", http.StatusSeeOther)
	}
}
