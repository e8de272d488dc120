package tools

import (
	"fmt"
	"os/exec"
)

func Restart(service string) error {
	switch service {
	case "nginx", "redis":
		return exec.Command("systemctl", "restart", service).Run()
	default:
		return fmt.Errorf("unknown service")
	}
}
