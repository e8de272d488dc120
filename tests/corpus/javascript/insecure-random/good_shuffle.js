function shuffle(cards) {
  const deck = [...cards];
  for (let i = deck.length - 1; i > 0; i--) {
    const j = Math.floor(Math.random() * (i + 1));
    [deck[i], deck[j]] = [deck[j], deck[i]];
  }
  return deck;
}

const backoff = (attempt) => 2 ** attempt * 100 * (1 + Math.random());

module.exports = { shuffle, backoff };
