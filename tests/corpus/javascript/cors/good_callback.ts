import cors from 'cors';
import express from 'express';

const app = express();
const trusted = (process.env.ORIGINS ?? '').split(',');

app.use(
  cors({
    origin: (origin, callback) => callback(null, origin !== undefined && trusted.includes(origin)),
    credentials: true,
  })
);

export default app;
