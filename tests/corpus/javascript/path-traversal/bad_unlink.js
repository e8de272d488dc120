const fs = require('fs');

class AvatarStore {
  constructor(folder) {
    this.folder = folder;
  }

  remove(name) {
    const file = this.folder + '/' + name;
    if (fs.existsSync(file)) { // expect: CWE-22
      fs.unlinkSync(file); // expect: CWE-22
    }
  }
}

module.exports = { AvatarStore };
