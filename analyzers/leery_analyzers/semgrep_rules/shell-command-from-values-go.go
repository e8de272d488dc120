package tools

import (
	"context"
	"fmt"
	"net/http"
	"os/exec"
)

const CHECK = "uptime && df -h"

func ping(host string) ([]byte, error) {
	// ruleid: shell-command-from-values-go
	return exec.Command("sh", "-c", "ping -c 1 "+host).Output()
}

func size(ctx context.Context, größe string) ([]byte, error) {
	// ruleid: shell-command-from-values-go
	return exec.CommandContext(ctx, "/bin/bash", "-c", fmt.Sprintf("du -sh %s", größe)).Output()
}

func run(w http.ResponseWriter, r *http.Request) {
	// ruleid: shell-command-from-values-go
	out, _ := exec.Command(r.FormValue("program"), "--version").Output()
	w.Write(out)
}

func separate(host string) ([]byte, error) {
	// ok: shell-command-from-values-go
	return exec.Command("ping", "-c", "1", host).Output()
}

func constant() ([]byte, error) {
	// ok: shell-command-from-values-go
	return exec.Command("sh", "-c", "uptime | tail -1").Output()
}

func constantName() ([]byte, error) {
	// ok: shell-command-from-values-go
	return exec.Command("sh", "-c", CHECK).Output()
}

func script(name string) ([]byte, error) {
	// ok: shell-command-from-values-go
	return exec.Command("grep", "-c", name, "/etc/hosts").Output()
}
