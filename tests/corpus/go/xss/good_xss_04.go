package main

func profile(c *gin.Context) {
	c.Data(200, "text/plain", []byte("hi "+c.Param("name")))
	c.String(200, "hi %s", c.Param("name"))
}
func echoName(c echo.Context) error {
	return c.HTML(http.StatusOK, "<b>"+html.EscapeString(c.QueryParam("q"))+"</b>")
}
