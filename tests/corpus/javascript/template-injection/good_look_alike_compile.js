class Compiler {
  compile(source) {
    return source.split('\n').map((line) => line.trim());
  }
}

function lines(req, res) {
  const compiler = new Compiler();
  res.json({ lines: compiler.compile(req.body.text) });
}

module.exports = { lines };
