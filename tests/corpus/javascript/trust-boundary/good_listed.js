const LANGUAGES = ['de', 'en', 'fr'];

function language(req, res) {
  const choice = req.body.language;
  if (!LANGUAGES.includes(choice)) {
    return res.status(400).end();
  }
  req.session.language = choice;
  return res.json({ ok: true });
}

module.exports = { language };
