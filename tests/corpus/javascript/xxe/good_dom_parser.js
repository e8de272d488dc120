function items(xml) {
  const document = new DOMParser().parseFromString(xml, 'application/xml');
  return [...document.querySelectorAll('item')].map((item) => item.textContent);
}

export { items };
