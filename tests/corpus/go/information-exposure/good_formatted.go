package a

func save(w http.ResponseWriter, r *http.Request) {
	if err := store(r); err != nil {
		log.Printf("cannot save: %v", err)
		http.Error(w, http.StatusText(http.StatusInternalServerError), http.StatusInternalServerError)
	}
}
