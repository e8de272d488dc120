package a

func status(w http.ResponseWriter, r *http.Request) {
	host := r.FormValue("host")
	resp, err := client.Get("http://" + host + "/status")  // expect: CWE-918
	if err != nil {
		return
	}
	defer resp.Body.Close()
}
