// Costs by line, age of stock, and how goods and money flow.

// Amounts by cost line. A SKU has its lines over all weeks and places; otherwise warehouse and week choose.
function costLines() {
  const table = chosen.sku >= 0 ? page.costs_by_sku : page.costs_by_place;
  const keep = chosen.sku >= 0 ? (row) => table.sku[row] === chosen.sku
    : (row) => isPlace(table.location[row]) && isWeek(table.period[row]);
  const totals = page.names.line.map(() => 0);
  for (const row of rowsOf(table, "line", keep)) totals[table.line[row]] += table.amount[row];
  return totals.map((value, line) => ({ line, value })).filter(({ value }) => Math.abs(value) >= 0.005)
    .sort((one, other) => other.value - one.value);
}

function drawCosts() {
  const lines = costLines();
  const total = lines.reduce((all, { value }) => all + value, 0);
  bars("costs-chart", lines.map(({ line, value }) => ({ name: page.terms[line], value })), "money");
  const what = chosen.sku >= 0 ? named("sku", chosen.sku) : choiceText();
  const note = chosen.sku >= 0 && (chosen.place >= 0 || chosen.week >= 0) ? ` ${say("costs_of_sku")}` : "";
  const text = say("costs_told", { what, total: shown(total, "money"), currency: page.currency }) + note;
  document.getElementById("costs-told").textContent = text;
  told("costs-chart", text);
  showTable(document.getElementById("costs-table"), say("costs_caption"), [
    { head: say("line"), kind: "text", value: ({ line }) => page.terms[line] },
    { head: say("amount"), kind: "cents", value: ({ value }) => value, total: true },
  ], lines);
}

function ageUnits(table) {
  const totals = page.age_classes.map(() => 0);
  for (const row of rowsOf(table, "sku", (at) => isSku(table.sku[at]) && isPlace(table.location[at]))) {
    totals[table.class[row]] += table.units[row];
  }
  return totals;
}

function ageText(at) {
  const from = page.age_classes[at];
  const next = page.age_classes[at + 1];
  return next === undefined ? say("age_above", { from }) : say("age_between", { from, until: next - 1 });
}

function drawAges() {
  const [now, end] = [ageUnits(page.ages_today), ageUnits(page.ages_at_end)];
  const classes = page.age_classes.map((_, at) => ageText(at));
  chart("ages-chart", 280).setOption(base({
    legend: { top: 4, left: 0 },
    tooltip: { trigger: "axis", formatter: (series) => hint(classes[series[0].dataIndex],
      series.map((one) => [one.seriesName, shown(one.value, "units")])) },
    xAxis: nameAxis(classes),
    yAxis: amountAxis(""),
    series: [
      { name: say("today_stock"), type: "bar", itemStyle: { color: COLOURS.served }, data: now },
      { name: say("at_the_end"), type: "bar", itemStyle: { color: COLOURS.stock }, data: end },
    ],
  }), true);
  const old = (units) => shown(units.slice(3).reduce((all, value) => all + value, 0), "units");
  const text = say("ages_told", { now: old(now), end: old(end) });
  document.getElementById("ages-told").textContent = text;
  told("ages-chart", text);
  showTable(document.getElementById("ages-table"), say("ages_caption"), [
    { head: say("age"), kind: "text", value: (at) => classes[at] },
    { head: say("today_stock"), kind: "units", value: (at) => now[at], total: true },
    { head: say("at_the_end"), kind: "units", value: (at) => end[at], total: true },
  ], page.age_classes.map((_, at) => at));
}

// What moves on each lane and to each region: {from, to, name, units, money}.
function flowsChosen() {
  const { moves, names, deliver, delivery_costs: costs } = page;
  const rows = rowsOf(moves, "lane", (row) => isSku(moves.sku[row]) && isWeek(moves.period[row]) && touches(moves.lane[row]));
  const lanes = [...grouped(rows, (row) => moves.lane[row])].map(([lane, group]) => ({
    from: `l${names.lane_origin[lane]}`, to: `l${names.lane_destination[lane]}`, name: named("lane", lane),
    mode: named("lane_mode", lane), units: sum(group, (row) => moves.units[row]),
    money: sum(group, (row) => moves.freight[row] + moves.duty[row]), goods: sum(group, (row) => moves.purchase[row]),
  }));
  const weeks = page.starts.map((_, period) => period).filter(isWeek);
  const total = (table, column, row) => sum(weeks, (period) => table[column][row * page.starts.length + period]);
  const sent = grouped(rowsOf(deliver, "sku", (row) => isSku(deliver.sku[row]) && isPlace(deliver.location[row])),
    (row) => `${deliver.location[row]} ${deliver.region[row]}`);
  const paid = new Map(costs.location.map((place, row) => [`${place} ${costs.region[row]}`, total(costs, "money", row)]));
  const served = [...sent].map(([key, group]) => {
    const [place, region] = key.split(" ").map(Number);
    return { from: `l${place}`, to: `r${region}`, name: `${named("location", place)} → ${named("region", region)}`,
      mode: say({ customers: "last_mile" }[names.region_kind[region]] ?? names.region_kind[region]), units: sum(group, (row) => total(deliver, "units", row)),
      money: chosen.sku < 0 ? paid.get(key) ?? 0 : null, goods: null };
  });
  return [...lanes, ...served].filter((flow) => flow.units > 0.5);
}
