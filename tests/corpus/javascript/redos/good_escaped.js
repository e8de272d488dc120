const lines = ['first line', 'second line'];

const escape = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

function grep(req, res) {
  const pattern = new RegExp(escape(String(req.query.pattern)), 'i');
  res.json(lines.filter((line) => pattern.test(line)));
}

module.exports = { grep };
