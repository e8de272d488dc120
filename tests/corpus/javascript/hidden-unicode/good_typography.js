const price = (value) => `${value.toFixed(2)} €`;
const ellipsis = '…';
const quote = (text) => `„${text}“`;

module.exports = { price, ellipsis, quote };
