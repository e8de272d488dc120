package api

import "strings"

func matches(pattern, path string) bool {
	return pattern == "*" || strings.HasPrefix(path, pattern)
}
