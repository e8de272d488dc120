package main

func setup(r *gin.Engine) {
	r.Use(cors.New(cors.Config{
		AllowAllOrigins:  true,  // expect: CWE-942|CWE-346
		AllowCredentials: true,
		AllowMethods:     []string{"GET", "POST"},
	}))
}
