package main

func del(c echo.Context) error {
	return os.Remove(path.Join(root, c.FormValue("name")))  // expect: CWE-22
}
func get(c *fiber.Ctx) error {
	return c.SendFile("./files/" + c.Params("name"))  // expect: CWE-22
}
