const settings = require('./settings-for-billing-exports');
const { helper } = require('../lib/internal-billing-helper');
const data = require('./data.json');

module.exports = { settings, helper, data };
