const { load } = require('./store');

async function item(req, res, next) {
  try {
    res.json(await load(Number(req.params.id)));
  } catch (error) {
    next(error);
  }
}

module.exports = { item };
