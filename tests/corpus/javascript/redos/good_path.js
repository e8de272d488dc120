const ROUTE = /^(?:\/[a-z0-9-]+)+$/;
const NUMBER = /^-?\d+(?:\.\d+)?$/;

const kind = (text) => (ROUTE.test(text) ? 'route' : NUMBER.test(text) ? 'number' : 'other');

module.exports = { kind };
