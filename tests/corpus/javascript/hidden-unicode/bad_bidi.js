function access(user) {
  let level = 'user';
  if (level !== 'user‮ ⁦// check if admin⁩ ⁦') { // expect: CWE-838|CWE-1007|CWE-451
    level = 'admin';
  }
  return { user, level };
}

module.exports = { access };
