package a

func routes(e *echo.Echo) {
	e.POST("/orders", add, requireLogin)
	e.PUT("/orders/:id", edit, requireLogin)
	e.DELETE("/orders/:id", drop)  // expect: CWE-862
}
