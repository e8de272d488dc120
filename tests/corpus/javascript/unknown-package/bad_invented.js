const express = require('express');
const guard = require('express-mongoose-request-guardian'); // expect: CWE-829|CWE-1357|CWE-1104|CWE-494

const app = express();
app.use(guard({ strict: true }));

module.exports = app;
