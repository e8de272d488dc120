function echo(req, res) {
  const session = {};
  session.name = req.body.name;
  res.json(session);
}

module.exports = { echo };
