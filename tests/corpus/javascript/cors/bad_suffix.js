const cors = require('cors');

const options = {
  credentials: true,
  origin(asked, done) { // expect: CWE-942
    done(null, !asked || asked.endsWith('shop.example'));
  },
};

module.exports = (app) => app.use(cors(options));
