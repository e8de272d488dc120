package a

func hello(w http.ResponseWriter, r *http.Request) {
	name := r.URL.Query().Get("name")
	template.Must(template.New("hello").Parse("Hello {{.}}!")).Execute(w, name)
}
