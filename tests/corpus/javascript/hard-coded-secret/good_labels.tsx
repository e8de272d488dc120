import React, { useState } from 'react';

const labels = { password: 'Password', token: 'Access token', secret: 'Shared secret' };
const PASSWORD_FIELD = 'password';

export function PasswordForm() {
  const [password, setPassword] = useState('');
  return (
    <label>
      {labels.password}
      <input type="password" name={PASSWORD_FIELD} value={password} onChange={(e) => setPassword(e.target.value)} />
    </label>
  );
}
