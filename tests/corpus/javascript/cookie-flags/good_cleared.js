function logout(req, res) {
  res.clearCookie('session');
  res.status(204).end();
}

class Bakery {
  cookie(kind, amount) {
    return `${amount} ${kind}`;
  }
}

module.exports = { logout, order: new Bakery().cookie('session biscuit', 12) };
