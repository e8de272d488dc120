package a

func deny(w http.ResponseWriter, r *http.Request) {
	log.Print("denied " + r.Header.Get("X-Forwarded-For"))  // expect: CWE-117
	http.Error(w, "no", http.StatusForbidden)
}
