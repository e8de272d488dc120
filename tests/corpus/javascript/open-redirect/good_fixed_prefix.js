function page(req, res) {
  const number = Number(req.query.page) || 1;
  res.redirect(`/articles?page=${number}`);
}

function profile(req, res) {
  res.redirect('https://accounts.example.com/u/' + encodeURIComponent(req.query.name));
}

module.exports = { page, profile };
