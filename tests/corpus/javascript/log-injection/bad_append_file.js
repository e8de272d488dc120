const fs = require('fs');

function audit(req, res, next) {
  const line = `${new Date().toISOString()} ${req.params.account}\n`;
  fs.appendFileSync('audit.log', line); // expect: CWE-117
  next();
}

module.exports = { audit };
