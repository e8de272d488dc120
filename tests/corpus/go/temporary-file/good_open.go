package a

const target = "/var/lib/app/report.html"

func report() (*os.File, error) {
	return os.OpenFile(target, os.O_CREATE|os.O_WRONLY, 0o600)
}
