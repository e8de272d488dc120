package main

const script = "/opt/app/run.sh"

func run(c *gin.Context) {
	n, err := strconv.Atoi(c.PostForm("n"))
	if err != nil {
		return
	}
	exec.Command("/bin/bash", "-c", fmt.Sprintf("%s %d", script, n)).Run()
}
