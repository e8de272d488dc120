package main

func routes(r *gin.Engine) {
	r.POST("/login", login)
	r.GET("/health", health)
	g := r.Group("/orders", AuthMiddleware())
	g.GET("", listOrders)
	g.POST("", createOrder)
	g.DELETE("/:id", deleteOrder)
}
