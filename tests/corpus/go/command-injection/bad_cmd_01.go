package main

func pingHandler(w http.ResponseWriter, r *http.Request) {
	host := r.URL.Query().Get("host")
	out, err := exec.Command("sh", "-c", "ping -c 1 "+host).CombinedOutput()  // expect: CWE-78
	if err != nil {
		http.Error(w, "failed", 500)
		return
	}
	w.Write(out)
}
