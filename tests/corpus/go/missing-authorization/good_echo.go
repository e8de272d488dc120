package a

func routes(e *echo.Echo) {
	e.POST("/orders", add, requireLogin)
	e.PUT("/orders/:id", edit, requireLogin)
	e.POST("/webhook", paid)
	e.GET("/orders", list)
}
