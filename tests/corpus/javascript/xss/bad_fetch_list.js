async function loadMessages(list) {
  const response = await fetch('/api/messages');
  const messages = await response.json();
  let html = '';
  for (const message of messages) {
    html += `<li><strong>${message.author}</strong>: ${message.text}</li>`;
  }
  list.insertAdjacentHTML('beforeend', html); // expect: CWE-79
}

loadMessages(document.querySelector('#messages'));
