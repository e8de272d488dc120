package main

func run(c *gin.Context) {
	cmd := fmt.Sprintf("convert %s out.png", c.PostForm("file"))
	exec.Command("/bin/bash", "-c", cmd).Run()  // expect: CWE-78
}
