package a

var hosts = map[string]string{"a": "a.internal", "b": "b.internal"}

func status(w http.ResponseWriter, r *http.Request) {
	host, ok := hosts[r.FormValue("host")]
	if !ok {
		return
	}
	resp, err := client.Get("http://" + host + "/status")
	if err != nil {
		return
	}
	defer resp.Body.Close()
}
