package main

import "flag"

func main() {
	password := flag.String("password", "", "password of the database, asked for when empty")
	token := flag.String("token", "<your-token>", "access token")
	flag.Parse()
	println(len(*password), len(*token))
}
