package main

func login(c *gin.Context) {
	c.SetCookie("token", issue(c), 3600, "/", "example.com", false, false)  // expect: CWE-614|CWE-1004
}
