import { Button } from '@/components/ui/button';
import { db } from '~/server/db';
import type { Metadata } from 'next';
import Image from 'next/image';

export const metadata: Metadata = { title: 'Shop' };
export { Button, db, Image };
