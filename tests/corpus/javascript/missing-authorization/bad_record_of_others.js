const { notes } = require('./database');

exports.list = async (req, res) => {
  res.json(await notes.find({ owner: req.user.id }).toArray());
};

exports.show = async (req, res) => {
  res.json(await notes.findOne({ _id: String(req.params.id), owner: req.user.id }));
};

exports.drop = async (req, res) => {
  await notes.deleteOne({ _id: String(req.params.id) }); // expect: CWE-639
  res.status(204).end();
};
