package client

import (
	"golang.org/x/crypto/ssh"
	"golang.org/x/crypto/ssh/knownhosts"
)

func Config(user string, key ssh.Signer, path string) (*ssh.ClientConfig, error) {
	check, err := knownhosts.New(path)
	if err != nil {
		return nil, err
	}
	return &ssh.ClientConfig{User: user, Auth: []ssh.AuthMethod{ssh.PublicKeys(key)}, HostKeyCallback: check}, nil
}
