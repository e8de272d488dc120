const params = new URLSearchParams(window.location.search);
const greeting = document.getElementById('greeting');

function show() {
  const name = params.get('name') || 'guest';
  greeting.innerHTML = '';
  const bold = document.createElement('b');
  bold.textContent = 'Hello ' + name;
  greeting.appendChild(bold);
}

document.addEventListener('DOMContentLoaded', show);
