package main

func key() (*rsa.PrivateKey, error) { return rsa.GenerateKey(rand.Reader, 3072) }
