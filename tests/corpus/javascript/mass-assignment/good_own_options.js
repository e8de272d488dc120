const DEFAULTS = { width: 640, height: 480 };

class Chart {
  constructor(options) {
    Object.assign(this, DEFAULTS, options);
  }
}

const chart = new Chart({ width: 320 });

module.exports = { Chart, chart, copy: Object.assign({}, DEFAULTS) };
