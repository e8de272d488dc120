import axios from 'axios';
import { z } from 'zod';
import React from 'react';
import { createRoot } from 'react-dom/client';

const User = z.object({ name: z.string() });

export async function load(url: string) {
  createRoot(document.body).render(React.createElement('p'));
  return User.parse((await axios.get(url)).data);
}
