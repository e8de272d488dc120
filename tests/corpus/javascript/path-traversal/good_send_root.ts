import { Router } from 'express';

export const router = Router();

router.get('/images/:name', (req, res) => {
  res.sendFile(req.params.name, { root: '/srv/images' });
});
