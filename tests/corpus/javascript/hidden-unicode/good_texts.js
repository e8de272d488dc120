const greetings = {
  de: 'Grüße aus Köln',
  ru: 'Привет',
  he: 'שלום',
  ja: 'こんにちは',
  family: '👨‍👩‍👧',
};

module.exports = greetings;
