package main

func main() {
	target := os.Args[1]
	out, _ := exec.Command("nslookup", "--", target).Output()
	fmt.Println(string(out))
}
