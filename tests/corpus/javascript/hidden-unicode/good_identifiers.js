const größe = 12;
const naïve = 'π ≈ 3.14159';

function fläche(länge, breite) {
  return länge * breite;
}

module.exports = { größe, naïve, fläche };
