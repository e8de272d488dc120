package bakery

type Cookie struct {
	Name   string
	Secure bool
}

func Bake() Cookie {
	return Cookie{Name: "session biscuit", Secure: false}
}
