function group(items) {
  const groups = Object.create(null);
  for (const item of items) {
    groups[item.kind] = groups[item.kind] || [];
    groups[item.kind].push(item);
  }
  return groups;
}

module.exports = { group };
