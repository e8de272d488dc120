package main

var upgrader = websocket.Upgrader{
	CheckOrigin: func(r *http.Request) bool { return true },  // expect: CWE-346|CWE-1385|CWE-942
}
