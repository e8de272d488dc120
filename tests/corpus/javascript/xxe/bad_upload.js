const libxmljs = require('libxmljs');

async function invoice(ctx) {
  const xml = ctx.request.body.invoice;
  const tree = libxmljs.parseXmlString(xml, { replaceEntities: true, noent: true }); // expect: CWE-611
  ctx.body = { total: tree.get('//total').text() };
}

module.exports = { invoice };
