package a

func card(c *gin.Context) {
	tmpl, err := template.New("card").Parse(c.PostForm("layout"))  // expect: CWE-1336
	if err != nil {
		return
	}
	tmpl.Execute(c.Writer, user(c))
}
