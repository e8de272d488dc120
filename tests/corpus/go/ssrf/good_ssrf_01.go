package main

func fetch(w http.ResponseWriter, r *http.Request) {
	u, err := url.Parse(r.URL.Query().Get("url"))
	if err != nil || u.Scheme != "https" || u.Hostname() != "api.example.com" {
		http.Error(w, "bad url", 400)
		return
	}
	resp, err := http.Get(u.String())
	if err != nil {
		return
	}
	defer resp.Body.Close()
}
func weather(city string) (*http.Response, error) {
	return http.Get("https://api.weather.example/v1?city=" + url.QueryEscape(city))
}
