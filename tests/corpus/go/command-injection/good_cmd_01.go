package main

func pingHandler(w http.ResponseWriter, r *http.Request) {
	host := r.URL.Query().Get("host")
	ip := net.ParseIP(host)
	if ip == nil {
		http.Error(w, "bad host", 400)
		return
	}
	_, err := exec.Command("ping", "-c", "1", ip.String()).CombinedOutput()
	if err != nil {
		http.Error(w, "failed", 500)
	}
}
func uptime() ([]byte, error) { return exec.Command("sh", "-c", "uptime | cut -d, -f1").Output() }
