package auth

import "github.com/gin-gonic/gin"

func Login(c *gin.Context) {
	token := newToken()
	c.SetCookie("session", token, 3600, "/", "", false, false) // expect: CWE-614|CWE-1004
	c.Status(204)
}

func newToken() string { return "" }
