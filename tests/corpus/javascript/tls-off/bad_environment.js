process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0'; // expect: CWE-295

async function rates() {
  const response = await fetch('https://rates.internal.example.com/latest');
  return response.json();
}

module.exports = { rates };
