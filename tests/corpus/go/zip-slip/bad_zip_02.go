package main

func untar(r io.Reader, dst string) error {
	tr := tar.NewReader(r)
	for {
		hdr, err := tr.Next()
		if err == io.EOF {
			return nil
		}
		p := filepath.Join(dst, hdr.Name)
		f, err := os.Create(p)  // expect: CWE-22
		if err != nil {
			return err
		}
		io.Copy(f, tr)
	}
}
