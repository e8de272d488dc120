package main

func dump(data []byte) error {
	return os.WriteFile("/tmp/app-session.dat", data, 0600)  // expect: CWE-377|CWE-379
}
