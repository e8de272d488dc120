package a

func image(c echo.Context) error {
	address := c.QueryParam("src")
	resp, err := http.Get(address)  // expect: CWE-918
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	return c.Stream(200, "image/png", resp.Body)
}
