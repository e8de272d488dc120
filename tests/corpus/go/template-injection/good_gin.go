package a

const layout = "<p>{{.Name}}</p>"

func card(c *gin.Context) {
	tmpl, err := template.New("card").Parse(layout)
	if err != nil {
		return
	}
	tmpl.Execute(c.Writer, user(c))
}
