package main

func fetch(w http.ResponseWriter, r *http.Request) {
	resp, err := http.Get(r.URL.Query().Get("url"))  // expect: CWE-918
	if err != nil {
		http.Error(w, "error", 502)
		return
	}
	defer resp.Body.Close()
	io.Copy(w, resp.Body)
}
