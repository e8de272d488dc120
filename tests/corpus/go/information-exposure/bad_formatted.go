package a

func save(w http.ResponseWriter, r *http.Request) {
	if err := store(r); err != nil {
		http.Error(w, fmt.Sprintf("cannot save: %v", err), http.StatusInternalServerError)  // expect: CWE-209
	}
}
