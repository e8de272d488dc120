package a

func login(w http.ResponseWriter, r *http.Request) {
	user := r.FormValue("user")
	if !namePattern.MatchString(user) {
		return
	}
	filter := "(uid=" + user + ")"
	search(ldap.NewSearchRequest(base, 2, 0, 0, 0, false, filter, nil, nil))
}
