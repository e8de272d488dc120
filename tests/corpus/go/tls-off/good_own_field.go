package client

type Options struct {
	InsecureSkipVerify bool
	Retries            int
}

func Defaults() Options {
	return Options{InsecureSkipVerify: false, Retries: 3}
}

func (o Options) Check() bool { return !o.InsecureSkipVerify }
