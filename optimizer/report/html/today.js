// What to do first: what leaves, what must be ordered, what goes wrong.

// Departures of the chosen week, else of the days until the next plan; with a SKU only what of it is aboard.
function departuresChosen(soon) {
  const table = page.departures;
  const aboard = movesByDeparture();
  return rowsOf(table, "lane", (row) => touches(table.lane[row]) &&
    (chosen.week >= 0 ? table.period[row] === chosen.week : !soon || table.departs_on[row] < page.review_days) &&
    (chosen.sku < 0 || aboard.has(`${table.lane[row]} ${table.period[row]}`)));
}

function movesByDeparture() {
  const table = page.moves;
  return grouped(rowsOf(table, "lane", (row) => isSku(table.sku[row])), (row) => `${table.lane[row]} ${table.period[row]}`);
}

function departureColumns() {
  const { departures, moves, names } = page;
  const aboard = chosen.sku < 0 ? null : movesByDeparture();
  const of = (row) => aboard.get(`${departures.lane[row]} ${departures.period[row]}`) ?? [];
  const amount = (own, mine) => (row) => (aboard ? sum(of(row), mine) : departures[own][row]);
  const volume = (move) => moves.units[move] * names.sku_volume[moves.sku[move]];
  const weight = (move) => moves.units[move] * names.sku_weight[moves.sku[move]];
  const at = (name) => (row) => departures[name][row];
  return [
    { head: say("departure"), kind: "code", value: at("departure") },
    { head: say("way"), kind: "code", value: (row) => wayText(departures.lane[row]) },
    { head: say("mode"), kind: "code", value: (row) => named("lane_mode", departures.lane[row]) },
    { head: say("departs_on"), kind: "date", value: at("departs_on") },
    { head: say("arrives_on"), kind: "date", value: at("arrives_on") },
    { head: say("cases"), kind: "units", value: amount("cases", (move) => moves.cases[move]), total: true },
    { head: say("units"), kind: "units", value: amount("units", (move) => moves.units[move]), total: true },
    { head: "m³", kind: "volume", value: amount("volume_m3", volume), total: true },
    { head: "kg", kind: "units", value: amount("weight_kg", weight), total: true },
    { head: say("containers"), kind: "code", value: at("containers") },
    { head: say("filled"), kind: "share", value: at("container_fill"),
      cell: (row) => bar(departures.container_fill[row], departures.container_fill[row] < 0.5) },
    aboard
      ? { head: say("freight_share"), kind: "money", value: (row) => sum(of(row), (move) => moves.freight[move]), total: true }
      : { head: say("charge"), kind: "money", value: at("charge"), total: true },
  ];
}

function wayText(lane) {
  return `${named("location", page.names.lane_origin[lane])} → ${named("location", page.names.lane_destination[lane])}`;
}

function drawLeaving() {
  document.getElementById("leaving-days").textContent = soonText();
  const rows = departuresChosen(true);
  const columns = departureColumns();
  const any = page.departures;
  const used = columns.filter((column) => !(column.head === say("containers") || column.head === say("filled")) ||
    rows.some((row) => any.containers[row]));
  showTable(document.getElementById("leaving-table"), say("leaving_caption", { days: soonText() }), used, rows,
    { none: say("leaving_none") });
}

function soonText() {
  return chosen.week >= 0 ? weekText(chosen.week) : `${dayText(0)} – ${dayText(page.review_days - 1)}`;
}

// Orders that fall due in the chosen week, else until the next plan: those of their lines that are due.
function drawOrdering() {
  document.getElementById("ordering-days").textContent = soonText();
  const { orders, order_lines: lines } = page;
  const from = chosen.week < 0 ? -Infinity : page.starts[chosen.week];
  const until = chosen.week < 0 ? page.review_days : page.lasts[chosen.week] + 1;
  const due = rowsOf(lines, "order", (row) => isSku(lines.sku[row]) && lines.order_on[row] >= from &&
    lines.order_on[row] < until && isPlace(orders.destination[lines.order[row]]));
  const by = grouped(due, (row) => lines.order[row]);
  const of = (name) => (order) => sum(by.get(order), (row) => lines[name][row]);
  showTable(document.getElementById("ordering-table"), say("ordering_caption", { days: soonText() }), [
    { head: say("order"), kind: "code", value: (order) => orders.order[order] },
    { head: say("supplier"), kind: "text", value: (order) => named("location", orders.supplier[order]) },
    { head: say("destination"), kind: "text", value: (order) => named("location", orders.destination[order]) },
    { head: say("order_on"), kind: "date", value: (order) => Math.min(...by.get(order).map((row) => lines.order_on[row])) },
    { head: say("departs_on"), kind: "date", value: (order) => orders.departs_on[order] },
    { head: "SKU", kind: "units", value: (order) => new Set(by.get(order).map((row) => lines.sku[row])).size },
    { head: say("cases"), kind: "units", value: of("cases"), total: true },
    { head: say("units"), kind: "units", value: of("units"), total: true },
    { head: say("amount"), kind: "cents", value: of("amount") },
    { head: say("currency"), kind: "text", value: (order) => orders.currency[order] },
  ], [...by.keys()].sort((one, other) => one - other), { none: say("ordering_none") });
}

// Every line that is shipped, for the warehouse.
function drawLines() {
  const { moves, names, departures } = page;
  const dates = new Map(departures.lane.map((lane, row) => [`${lane} ${departures.period[row]}`, row]));
  const trip = (row) => dates.get(`${moves.lane[row]} ${moves.period[row]}`);
  const rows = rowsOf(moves, "lane", (row) => isSku(moves.sku[row]) && isWeek(moves.period[row]) && touches(moves.lane[row]));
  showTable(document.getElementById("lines-table"), say("lines_caption", { count: whole.format(rows.length) }), [
    { head: say("departure"), kind: "text", value: (row) => departures.departure[trip(row)] },
    { head: say("lane"), kind: "text", value: (row) => named("lane", moves.lane[row]) },
    { head: say("departs_on"), kind: "date", value: (row) => departures.departs_on[trip(row)] },
    { head: say("arrives_on"), kind: "date", value: (row) => departures.arrives_on[trip(row)] },
    { head: "SKU", kind: "text", value: (row) => named("sku", moves.sku[row]),
      cell: (row) => pick(named("sku", moves.sku[row]), { sku: moves.sku[row] }) },
    { head: say("name"), kind: "text", value: (row) => named("sku_name", moves.sku[row]) },
    { head: say("cases"), kind: "units", value: (row) => moves.cases[row], total: true },
    { head: say("units"), kind: "units", value: (row) => moves.units[row], total: true },
    { head: "m³", kind: "volume", value: (row) => moves.units[row] * names.sku_volume[moves.sku[row]], total: true },
    { head: "kg", kind: "units", value: (row) => moves.units[row] * names.sku_weight[moves.sku[row]], total: true },
    { head: say("freight_share"), kind: "money", value: (row) => moves.freight[row], total: true },
    { head: say("duty"), kind: "money", value: (row) => moves.duty[row], total: true },
    { head: say("purchase"), kind: "money", value: (row) => moves.purchase[row], total: true },
  ], rows, { none: say("lines_none") });
}
