const params = new URLSearchParams(window.location.search);
const greeting = document.getElementById('greeting');

function show() {
  const name = params.get('name') || 'guest';
  greeting.innerHTML = '<b>Hello ' + name + '</b>'; // expect: CWE-79
}

document.addEventListener('DOMContentLoaded', show);
