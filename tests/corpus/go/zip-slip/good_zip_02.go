package main

func untar(r io.Reader, dst string) error {
	tr := tar.NewReader(r)
	for {
		hdr, err := tr.Next()
		if err == io.EOF {
			return nil
		}
		if !filepath.IsLocal(hdr.Name) {
			continue
		}
		p := filepath.Join(dst, hdr.Name)
		f, err := os.Create(p)
		if err != nil {
			return err
		}
		io.CopyN(f, tr, hdr.Size)
	}
}
