package tools

import (
	"errors"
	"net/http"
	"os/exec"
	"regexp"
)

var host = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9.-]{0,252}$`)

func Ping(r *http.Request) ([]byte, error) {
	name := r.FormValue("host")
	if !host.MatchString(name) {
		return nil, errors.New("not a host name")
	}
	return exec.Command("ping", "-c", "3", name).Output()
}
