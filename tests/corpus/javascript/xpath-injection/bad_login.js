const xpath = require('xpath');

class AccountStore {
  constructor(document) {
    this.document = document;
  }

  login(user, pin) {
    return xpath.select1(`//account[@user='${user}' and @pin='${pin}']`, this.document) !== undefined; // expect: CWE-643
  }
}

module.exports = { AccountStore };
