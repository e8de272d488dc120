package a

func login(w http.ResponseWriter, r *http.Request) {
	filter := "(uid=" + r.FormValue("user") + ")"
	req := ldap.NewSearchRequest(base, 2, 0, 0, 0, false, filter, nil, nil)  // expect: CWE-90
	search(req)
}
