package main

func key() (*rsa.PrivateKey, error) { return rsa.GenerateKey(rand.Reader, 1024) }  // expect: CWE-326
