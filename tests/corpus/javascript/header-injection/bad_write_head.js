const http = require('http');

http
  .createServer((req, res) => {
    const name = decodeURIComponent(new URL(req.url, 'http://localhost').searchParams.get('name'));
    res.writeHead(200, { 'X-Report': name }); // expect: CWE-113
    res.end('ok');
  })
  .listen(8000, '127.0.0.1');
