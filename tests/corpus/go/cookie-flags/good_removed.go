package auth

import "net/http"

func End(w http.ResponseWriter) {
	http.SetCookie(w, &http.Cookie{Name: "session", MaxAge: -1, HttpOnly: true, Secure: true})
}
