package agent

import "os/exec"

type ShellTool struct{}

func (ShellTool) Name() string { return "shell" }

func (ShellTool) Call(command string) (string, error) {
	cmd := exec.Command("bash", "-c", command) // expect: CWE-78
	out, err := cmd.CombinedOutput()
	return string(out), err
}
