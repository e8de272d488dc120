const libxmljs = require('libxmljs2');
const fs = require('fs');

const parts = libxmljs.parseXml(fs.readFileSync('parts.xml', 'utf8'));

async function byCategory(ctx) {
  const nodes = parts.find("/parts/part[category='" + ctx.query.category + "']"); // expect: CWE-643
  ctx.body = { count: nodes.length };
}

module.exports = { byCategory };
