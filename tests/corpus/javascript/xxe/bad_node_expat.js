const libxml = require('libxmljs2');
const fs = require('fs');

function readFeed(path) {
  const text = fs.readFileSync(path, 'utf8');
  return libxml.parseXml(text, { noent: true, nonet: false }).find('//item'); // expect: CWE-611
}

module.exports = { readFeed };
