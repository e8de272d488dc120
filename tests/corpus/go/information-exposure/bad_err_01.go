package main

func get(w http.ResponseWriter, r *http.Request) {
	item, err := load(r.Context())
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)  // expect: CWE-209
		return
	}
	json.NewEncoder(w).Encode(item)
}
