class Stack {
  constructor() {
    this.stack = [];
  }

  push(value) {
    this.stack.push(value);
  }
}

function show(req, res) {
  const shelf = new Stack();
  shelf.push('book');
  res.json({ stack: shelf.stack });
}

module.exports = { show };
