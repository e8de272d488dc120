const params = new URLSearchParams();

class SearchBox {
  constructor(element) {
    this.element = element;
    this.log = [];
  }

  query(text) {
    this.log.push(text);
    return this.element.querySelector('[data-name]');
  }
}

function select(box, name) {
  params.set('q', name);
  return box.query('select item ' + name + ' from the list');
}

module.exports = { SearchBox, select };
