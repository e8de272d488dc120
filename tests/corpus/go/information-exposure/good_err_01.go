package main

func get(w http.ResponseWriter, r *http.Request) {
	item, err := load(r.Context())
	if err != nil {
		log.Printf("load: %v", err)
		http.Error(w, "internal error", http.StatusInternalServerError)
		return
	}
	json.NewEncoder(w).Encode(item)
}
