const rows = new Map();

function addRow(table, cells) {
  const id = Math.random().toString(36).slice(2);
  rows.set(id, cells);
  table.append(id, cells);
}

module.exports = { addRow };
