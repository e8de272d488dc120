package auth

import "net/http"

func Remember(w http.ResponseWriter, token string) {
	cookie := &http.Cookie{
		Name:     "auth_token",
		Value:    token,
		HttpOnly: false, // expect: CWE-614|CWE-1004
		Secure:   false,
	}
	http.SetCookie(w, cookie)
}
