package a

func show(c *fiber.Ctx) error {
	item, err := load(c.Params("id"))
	if err != nil {
		return c.Status(500).SendString(err.Error())  // expect: CWE-209
	}
	return c.JSON(item)
}
