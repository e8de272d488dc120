package a

func image(c echo.Context) error {
	id, err := strconv.Atoi(c.QueryParam("id"))
	if err != nil {
		return err
	}
	resp, err := http.Get(fmt.Sprintf("https://img.example.com/%d.png", id))
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	return c.Stream(200, "image/png", resp.Body)
}
