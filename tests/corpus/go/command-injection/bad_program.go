package tools

import (
	"os/exec"

	"github.com/gin-gonic/gin"
)

func Run(c *gin.Context) {
	out, _ := exec.Command(c.Query("tool"), "--version").CombinedOutput() // expect: CWE-78
	c.Data(200, "text/plain", out)
}
