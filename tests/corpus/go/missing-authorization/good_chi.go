package a

func routes(r chi.Router) {
	r.Use(requireUser)
	r.Get("/notes", list)
	r.Post("/notes", requireAdmin(add))
	r.Put("/notes/{id}", requireAdmin(edit))
	r.Delete("/notes/{id}", drop)
}
