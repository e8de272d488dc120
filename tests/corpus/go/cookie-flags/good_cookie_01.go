package main

func setSession(w http.ResponseWriter, token string) {
	http.SetCookie(w, &http.Cookie{
		Name:     "session_token",
		Value:    token,
		Path:     "/",
		HttpOnly: true,
		Secure:   true,
		SameSite: http.SameSiteLaxMode,
	})
}
func clear(w http.ResponseWriter) {
	http.SetCookie(w, &http.Cookie{Name: "session_token", Value: "", MaxAge: -1})
}
