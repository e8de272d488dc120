package a

func hello(w http.ResponseWriter, r *http.Request) {
	text := "Hello " + r.URL.Query().Get("name") + "!"
	template.Must(template.New("hello").Parse(text)).Execute(w, nil)  // expect: CWE-1336
}
