const { posts } = require('./database');

exports.add = async (req, res) => {
  res.json(await posts.insertOne({ text: String(req.body.text), author: req.user.id }));
};

exports.show = async (req, res) => {
  res.json(await posts.findOne({ _id: String(req.params.id) }));
};

exports.drop = async (req, res) => {
  await posts.deleteOne({ _id: String(req.params.id), author: req.user.id });
  res.status(204).end();
};
