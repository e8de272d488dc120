package tools

import (
	"context"
	"fmt"
	"os/exec"
)

func Dump(ctx context.Context, database, target string) error {
	command := fmt.Sprintf("pg_dump %s > %s", database, target)
	return exec.CommandContext(ctx, "/bin/bash", "-c", command).Run() // expect: CWE-78
}
