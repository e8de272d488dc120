const EVENTS = { login: 'user signed in', logout: 'user signed out' };

function event(req, res) {
  const text = Object.hasOwn(EVENTS, req.body.event) ? EVENTS[req.body.event] : 'unknown event';
  console.info(text);
  res.status(204).end();
}

module.exports = { event };
