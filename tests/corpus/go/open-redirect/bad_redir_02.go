package main

func out(c *gin.Context) { c.Redirect(302, c.Query("to")) }  // expect: CWE-601
func out2(c echo.Context) error { return c.Redirect(http.StatusFound, c.QueryParam("to")) }  // expect: CWE-601
