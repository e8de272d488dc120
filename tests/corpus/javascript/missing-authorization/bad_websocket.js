const { WebSocketServer } = require('ws');
const jwt = require('jsonwebtoken');
const { rooms } = require('./rooms');

const server = new WebSocketServer({ port: 8081 });

server.on('connection', (socket) => { // expect: CWE-862|CWE-306
  socket.on('message', (data) => {
    const message = JSON.parse(data);
    rooms.get(message.room).delete(message.id);
    socket.send(JSON.stringify({ deleted: message.id }));
  });
});

module.exports = { server, verify: jwt.verify };
