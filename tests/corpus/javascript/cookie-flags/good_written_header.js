const http = require('http');
const { enter } = require('./users');

http
  .createServer(async (req, res) => {
    const session = await enter(req);
    res.setHeader('Set-Cookie', [`sid=${session.id}; Path=/; HttpOnly; Secure`, 'theme=dark; Path=/']);
    res.end();
  })
  .listen(8080);
