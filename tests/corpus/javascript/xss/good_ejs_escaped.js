const ejs = require('ejs');

module.exports = (app) => {
  app.get('/board', (req, res) => {
    const page = ejs.render('<h1>Board</h1><%= notice %>', { notice: req.query.notice });
    res.send(page);
  });
};
