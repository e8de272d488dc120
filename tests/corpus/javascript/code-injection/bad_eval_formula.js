const express = require('express');

const app = express();
app.use(express.json());

app.post('/calculate', (req, res) => {
  const { expression } = req.body; // source
  try {
    const result = eval(expression); // expect: CWE-94 @ expression
    res.json({ result });
  } catch (error) {
    res.status(400).json({ error: 'bad expression' });
  }
});

module.exports = app;
