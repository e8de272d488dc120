package main

func setSession(w http.ResponseWriter, token string) {
	http.SetCookie(w, &http.Cookie{  // expect: CWE-614|CWE-1004
		Name:  "session_token",
		Value: token,
		Path:  "/",
	})
}
