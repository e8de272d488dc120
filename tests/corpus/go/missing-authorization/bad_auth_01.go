package main

func routes(r *gin.Engine) {
	r.GET("/orders", AuthMiddleware(), listOrders)
	r.POST("/orders", AuthMiddleware(), createOrder)
	r.DELETE("/orders/:id", deleteOrder)  // expect: CWE-862|CWE-306
}
