const xpath = require('xpath');

function user(document, req, res) {
  const evaluator = xpath.parse('//user[name=$name]/email');
  const nodes = evaluator.select({ node: document, variables: { name: String(req.query.name) } });
  res.json(nodes.map(String));
}

module.exports = { user };
