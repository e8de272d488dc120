package main

func main() {
	target := os.Args[1]
	command := "nslookup " + target
	out, _ := exec.Command("bash", "-c", command).Output()  // expect: CWE-78
	fmt.Println(string(out))
}
