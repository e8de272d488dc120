const fs = require('fs');
const xpath = require('xpath');
const { DOMParser } = require('@xmldom/xmldom');

const users = new DOMParser().parseFromString(fs.readFileSync('users.xml', 'utf8'), 'text/xml');

function user(req, res) {
  const query = "//user[name='" + req.query.name + "']/email/text()";
  res.json(xpath.select(query, users).map(String)); // expect: CWE-643
}

module.exports = { user };
