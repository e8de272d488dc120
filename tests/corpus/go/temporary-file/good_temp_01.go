package main

func dump(data []byte) error {
	f, err := os.CreateTemp("", "app-*.dat")
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = f.Write(data)
	return err
}
