package a

func deny(w http.ResponseWriter, r *http.Request) {
	slog.Warn("denied", "from", r.Header.Get("X-Forwarded-For"))
	http.Error(w, "no", http.StatusForbidden)
}
