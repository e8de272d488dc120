package main

func login(w http.ResponseWriter, r *http.Request) {
	user := r.FormValue("user")
	log.Printf("failed login for %q", user)
	slog.Info("failed login", "user", user)
	clean := strings.ReplaceAll(strings.ReplaceAll(user, "\n", ""), "\r", "")
	log.Printf("failed login for %s", clean)
	log.Println("agent header length", len(r.UserAgent()))
}
