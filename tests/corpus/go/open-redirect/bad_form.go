package a

func logout(w http.ResponseWriter, r *http.Request) {
	clearSession(w)
	http.Redirect(w, r, r.FormValue("return_to"), http.StatusSeeOther)  // expect: CWE-601
}
