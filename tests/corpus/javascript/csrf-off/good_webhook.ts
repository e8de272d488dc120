import { Router } from 'express';
import { csrfProtection, signed } from './protection';
import { orders } from './orders';

export const router = Router();

router.post('/orders', csrfProtection, (req, res) => orders.add(req.session.user).then(() => res.end()));
router.post('/webhooks/payment', signed, (req, res) => orders.paid(req.body.order).then(() => res.end()));
