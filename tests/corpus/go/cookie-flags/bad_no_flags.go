package auth

import "net/http"

func Start(w http.ResponseWriter, token string) {
	http.SetCookie(w, &http.Cookie{Name: "session", Value: token, Path: "/"}) // expect: CWE-614|CWE-1004
}
