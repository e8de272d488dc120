package main

func del(c echo.Context) error {
	id, err := strconv.Atoi(c.FormValue("id"))
	if err != nil {
		return err
	}
	return os.Remove(filepath.Join(root, strconv.Itoa(id)+".txt"))
}
func get(c echo.Context) error {
	name := c.Param("name")
	if !filepath.IsLocal(name) {
		return echo.ErrBadRequest
	}
	return c.File(filepath.Join("files", name))
}
