package a

func untar(tr *tar.Reader, dst string) error {
	for {
		header, err := tr.Next()
		if err != nil {
			return err
		}
		target := path.Join(dst, header.Name)  // expect: CWE-22
		if header.Typeflag == tar.TypeDir {
			os.MkdirAll(target, 0o750)
			continue
		}
		f, err := os.OpenFile(target, os.O_CREATE|os.O_RDWR, 0o600)
		if err != nil {
			return err
		}
		io.Copy(f, tr)
	}
}
