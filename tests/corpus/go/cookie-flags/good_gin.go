package auth

import "github.com/gin-gonic/gin"

func Login(c *gin.Context) {
	c.SetCookie("session", newToken(), 3600, "/", "", true, true)
	c.Status(204)
}

func newToken() string { return "" }
