package config

import "io/fs"

const everything = 0o777

func Bits(info fs.FileInfo) fs.FileMode {
	return info.Mode() & everything
}
