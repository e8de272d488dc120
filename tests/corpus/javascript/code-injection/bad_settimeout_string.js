const params = new URLSearchParams(window.location.search);

function schedule() {
  const action = params.get('action');
  setTimeout('run_' + action + '()', 500); // expect: CWE-94
}

window.addEventListener('load', schedule);
