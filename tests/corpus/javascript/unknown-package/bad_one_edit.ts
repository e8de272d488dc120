import express from 'express';
import lodahs from 'lodahs'; // expect: CWE-829|CWE-1357|CWE-1104|CWE-494

const app = express();

app.get('/sizes', (_req, res) => {
  res.json(lodahs.groupBy([1, 2, 3], (n: number) => n % 2));
});

export default app;
