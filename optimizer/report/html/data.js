// The page's data: one gzipped JSON document; tables are columns of equal length, codes are places in `names`.

async function unpacked() {
  const packed = atob(document.getElementById("data").textContent.trim());
  const bytes = new Uint8Array(packed.length);
  for (let place = 0; place < packed.length; place += 1) bytes[place] = packed.charCodeAt(place);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return JSON.parse(await new Response(stream).text());
}

// The rows of a table (their places) for which `keep` holds.
function rowsOf(table, column, keep) {
  const found = [];
  for (let row = 0; row < table[column].length; row += 1) if (keep(row)) found.push(row);
  return found;
}

// The sum of a function over rows.
function sum(rows, value) {
  let total = 0;
  for (const row of rows) total += value(row) || 0;
  return total;
}

// Rows put together by a key: a Map from key to rows.
function grouped(rows, key) {
  const groups = new Map();
  for (const row of rows) {
    const name = key(row);
    if (groups.has(name)) groups.get(name).push(row);
    else groups.set(name, [row]);
  }
  return groups;
}
