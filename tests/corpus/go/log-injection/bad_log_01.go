package main

func login(w http.ResponseWriter, r *http.Request) {
	user := r.FormValue("user")
	log.Printf("failed login for %s", user)  // expect: CWE-117
	log.Println("agent: " + r.UserAgent())  // expect: CWE-117
}
