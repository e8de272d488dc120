const { lookUp } = require('./members');

async function requireMember(req, res, next) {
  try {
    const member = await lookUp(req.headers['x-member']);
    if (!member) return res.sendStatus(403);
  } catch (error) {
    console.error('look-up failed', error);
    return res.sendStatus(503);
  }
  return next();
}

module.exports = { requireMember };
