package a

func routes(r chi.Router) {
	r.With(requireUser).Get("/notes", list)
	r.Post("/notes", requireUser(add))
	r.Put("/notes/{id}", requireUser(edit))
	r.Delete("/notes/{id}", drop)  // expect: CWE-862
}
