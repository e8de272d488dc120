package a

func listed(tr *tar.Reader) ([]string, error) {
	var names []string
	for {
		header, err := tr.Next()
		if err == io.EOF {
			return names, nil
		}
		if err != nil {
			return nil, err
		}
		names = append(names, path.Join("backup", header.Name))
	}
}
