package client

import (
	"crypto/tls"
	"net"
)

func Dial(address string) (net.Conn, error) {
	return tls.Dial("tcp", address, &tls.Config{InsecureSkipVerify: true, MinVersion: tls.VersionTLS12}) // expect: CWE-295
}
