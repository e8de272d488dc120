async function signIn(form) {
  const response = await fetch('/api/login', { method: 'POST', body: new FormData(form) });
  const { token } = await response.json();
  document.cookie = `session_token=${token}; path=/`; // expect: CWE-614|CWE-1004
}

document.querySelector('form').addEventListener('submit', (event) => signIn(event.target));
