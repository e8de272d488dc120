const rights = {
  chmod(name, mode) {
    return `${name}:${mode}`;
  },
};

module.exports = rights.chmod('chart', '777');
