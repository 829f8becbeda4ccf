// Stock against demand: by week, and by SKU and warehouse with arrivals marked; what will be short.

// Units by week: stock at the end, demand, what of it is lost, arrivals. A warehouse counts what it sends to customers
// and what is lost in the regions that it serves locally.
function weekly() {
  const periods = page.starts.length;
  const weeks = () => new Array(periods).fill(0);
  const found = { stock: weeks(), served: weeks(), lost: weeks(), arrivals: weeks() };
  const { stock, deliver, lost, names } = page;
  stock.sku.forEach((sku, row) => {
    if (isSku(sku) && isPlace(stock.location[row])) addWeeks(found.stock, stock.units, row);
  });
  deliver.sku.forEach((sku, row) => {
    if (isSku(sku) && isPlace(deliver.location[row]) && names.region_kind[deliver.region[row]] === "customers") {
      addWeeks(found.served, deliver.units, row);
    }
  });
  const regions = regionsChosen();
  lost.sku.forEach((sku, row) => {
    if (isSku(sku) && regions.has(lost.region[row])) found.lost[lost.period[row]] += lost.units[row];
  });
  eachArrival((sku, place, period, units) => {
    if (isSku(sku) && isPlace(place) && period < periods) found.arrivals[period] += units;
  });
  return found;
}

function addWeeks(totals, units, row) {
  const start = row * totals.length;
  for (let period = 0; period < totals.length; period += 1) totals[period] += units[start + period];
}

// Everything that arrives at a place which holds stock: on lanes, and what was under way at the start.
function eachArrival(tell) {
  const { moves, receipts, names } = page;
  moves.lane.forEach((lane, row) => tell(moves.sku[row], names.lane_destination[lane], moves.lands[row], moves.units[row]));
  receipts.sku.forEach((sku, row) => tell(sku, receipts.location[row], receipts.period[row], receipts.units[row]));
}

function drawStock() {
  const found = weekly();
  const weeks = page.starts.map(dayShort);
  const lines = (period) => [
    [say("on_hand"), shown(found.stock[period], "units")], [say("served"), shown(found.served[period], "units")],
    [say("lost"), shown(found.lost[period], "units")], [say("arrivals"), shown(found.arrivals[period], "units")],
  ];
  chart("stock-chart", 360).setOption(base({
    legend: { top: 4, left: 0, textStyle: { color: COLOURS.ink } },
    tooltip: { trigger: "axis", formatter: (series) => hint(weekText(series[0].dataIndex), lines(series[0].dataIndex)) },
    xAxis: nameAxis(weeks),
    yAxis: amountAxis(""),
    series: [
      { name: say("served"), type: "bar", stack: "demand", barWidth: "40%", itemStyle: { color: COLOURS.served }, data: found.served },
      { name: say("lost"), type: "bar", stack: "demand", itemStyle: { color: COLOURS.lost }, data: found.lost },
      { name: say("on_hand"), type: "line", symbol: "none", lineStyle: { width: 3 }, itemStyle: { color: COLOURS.stock },
        data: found.stock, markArea: chosen.week < 0 ? undefined : { silent: true, itemStyle: { color: "#f2e8c9", opacity: 0.7 },
          data: [[{ xAxis: weeks[chosen.week] }, { xAxis: weeks[chosen.week] }]] } },
      { name: say("arrivals"), type: "bar", barWidth: "14%", itemStyle: { color: COLOURS.arrivals }, data: found.arrivals },
    ],
  }), true);
  const total = (values) => shown(values.reduce((all, value) => all + value, 0), "units");
  const last = found.stock.length - 1;
  const text = say("stock_told", { what: choiceText(), start: shown(openingUnits(), "units"), end: shown(found.stock[last], "units"),
    served: total(found.served), lost: total(found.lost), arrivals: total(found.arrivals) });
  told("stock-chart", text);
  document.getElementById("stock-told").textContent = text;
  drawCells();
}

function openingUnits() {
  const { stock } = page;
  return sum(rowsOf(stock, "sku", (row) => isSku(stock.sku[row]) && isPlace(stock.location[row])), (row) => stock.opening[row]);
}

// One row for each SKU and warehouse, those that lose most first.
function drawCells() {
  const { stock } = page;
  const periods = page.starts.length;
  const arrivals = new Map();
  eachArrival((sku, place, period, units) => {
    if (!isSku(sku) || !isPlace(place) || period >= periods) return;
    const key = `${sku} ${place}`;
    if (!arrivals.has(key)) arrivals.set(key, new Array(periods).fill(0));
    arrivals.get(key)[period] += units;
  });
  const lost = lostByCell();
  const none = new Array(periods).fill(0);
  const rows = rowsOf(stock, "sku", (row) => isSku(stock.sku[row]) && isPlace(stock.location[row])).map((row) => {
    const key = `${stock.sku[row]} ${stock.location[row]}`;
    const units = stock.units.slice(row * periods, (row + 1) * periods);
    const misses = lost.get(key) ?? none;
    return { sku: stock.sku[row], place: stock.location[row], opening: stock.opening[row], units,
      arrivals: arrivals.get(key) ?? none, lost: misses, missed: misses.reduce((all, value) => all + value, 0) };
  });
  rows.sort((one, other) => other.missed - one.missed || one.sku - other.sku || one.place - other.place);
  const week = chosen.week < 0 ? 0 : chosen.week;
  const next = (row) => row.arrivals.findIndex((units, period) => units > 0 && period >= week);
  showTable(document.getElementById("cells-table"), say("cells_caption"), [
    { head: "SKU", kind: "text", value: (row) => named("sku", row.sku), cell: (row) => pick(named("sku", row.sku), { sku: row.sku }) },
    { head: say("name"), kind: "text", value: (row) => named("sku_name", row.sku) },
    { head: say("location"), kind: "text", value: (row) => named("location", row.place),
      cell: (row) => pick(named("location", row.place), { place: row.place }) },
    { head: say("opening"), kind: "units", value: (row) => row.opening, total: true },
    { head: say("at_end_of", { day: dayShort(page.lasts[week]) }), kind: "units", value: (row) => row.units[week], total: true },
    { head: say("at_end_of", { day: dayShort(page.lasts[periods - 1]) }), kind: "units", value: (row) => row.units[periods - 1], total: true },
    { head: say("next_arrival"), kind: "date", value: (row) => (next(row) < 0 ? null : page.starts[next(row)]) },
    { head: say("units"), kind: "units", value: (row) => (next(row) < 0 ? null : row.arrivals[next(row)]) },
    { head: say("by_week"), kind: "text", value: (row) => row.missed, cell: (row) => spark(row.units, row.arrivals, row.lost) },
  ], rows);
}

// Units lost by SKU and warehouse in the regions that the warehouse serves locally, by week.
function lostByCell() {
  const { lost, served } = page;
  const places = grouped(served.region.map((_, row) => row), (row) => served.region[row]);
  const found = new Map();
  lost.sku.forEach((sku, row) => {
    if (!isSku(sku)) return;
    for (const at of places.get(lost.region[row]) ?? []) {
      const key = `${sku} ${served.location[at]}`;
      if (!found.has(key)) found.set(key, new Array(page.starts.length).fill(0));
      found.get(key)[lost.period[row]] += lost.units[row];
    }
  });
  return found;
}

function drawShort() {
  const { lost, demand } = page;
  const regions = regionsChosen();
  const kept = rowsOf(lost, "sku", (row) => isSku(lost.sku[row]) && isWeek(lost.period[row]) && regions.has(lost.region[row]));
  const wanted = new Map(demand.sku.map((sku, row) => [`${sku} ${demand.region[row]}`, row]));
  const periods = page.starts.length;
  const asked = (sku, region) => {
    const start = wanted.get(`${sku} ${region}`) * periods;
    const weeks = chosen.week < 0 ? page.starts.map((_, period) => period) : [chosen.week];
    return sum(weeks, (period) => demand.units[start + period]);
  };
  const rows = [...grouped(kept, (row) => `${lost.sku[row]} ${lost.region[row]}`).values()].map((group) => {
    const [first] = group;
    const units = sum(group, (row) => lost.units[row]);
    return { sku: lost.sku[first], region: lost.region[first], units, money: sum(group, (row) => lost.money[row]),
      share: units / asked(lost.sku[first], lost.region[first]),
      from: Math.min(...group.map((row) => page.starts[lost.period[row]])),
      until: Math.max(...group.map((row) => page.lasts[lost.period[row]])) };
  }).sort((one, other) => other.money - one.money);
  showTable(document.getElementById("short-table"), say("short_caption"), [
    { head: "SKU", kind: "text", value: (row) => named("sku", row.sku), cell: (row) => pick(named("sku", row.sku), { sku: row.sku }) },
    { head: say("name"), kind: "text", value: (row) => named("sku_name", row.sku) },
    { head: say("region"), kind: "text", value: (row) => named("region", row.region) },
    { head: say("from_day"), kind: "date", value: (row) => row.from },
    { head: say("until_day"), kind: "date", value: (row) => row.until },
    { head: say("units"), kind: "units", value: (row) => row.units, total: true },
    { head: say("of_demand"), kind: "share", value: (row) => row.share },
    { head: say("loss"), kind: "money", value: (row) => row.money, total: true },
  ], rows, { none: say("short_none") });
}
