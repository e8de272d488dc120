package main

func login(c *gin.Context) {
	c.SetCookie("token", issue(c), 3600, "/", "example.com", true, true)
}
