class Archive {
  constructor() {
    this.entries = [];
  }

  create(entry) {
    this.entries.push(entry);
    return this.entries.length;
  }
}

const messages = new Archive();

function store(req, res) {
  res.json({ number: messages.create({ system: req.body.system, prompt: req.body.prompt }) });
}

module.exports = { store };
