const params = new URLSearchParams(location.search);

document.getElementById('continue').addEventListener('click', () => {
  window.location.href = params.get('returnUrl'); // expect: CWE-601
});
