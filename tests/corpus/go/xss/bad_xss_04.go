package main

func profile(c *gin.Context) {
	c.Data(200, "text/html; charset=utf-8", []byte("<div>"+c.Param("name")+"</div>"))  // expect: CWE-79
}
func echoName(c echo.Context) error {
	return c.HTML(http.StatusOK, "<b>"+c.QueryParam("q")+"</b>")  // expect: CWE-79
}
