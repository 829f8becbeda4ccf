// Alerts: what is the matter, what it costs, what to do; those of this week first at the top of the page.

const ASKED = { kind: -1 };

function alertRows() {
  const { alerts } = page;
  const regions = regionsChosen();
  const about = (row) => chosen.place < 0 || alerts.location[row] === chosen.place ||
    (alerts.lane[row] >= 0 && touches(alerts.lane[row])) || (alerts.location[row] < 0 && alerts.lane[row] < 0 && regions.has(alerts.region[row]));
  const within = (row) => {
    if (chosen.week < 0) return true;
    const [from, until] = [page.starts[chosen.week], page.lasts[chosen.week]];
    return (alerts.day[row] ?? 0) <= until && (alerts.until[row] ?? alerts.day[row] ?? 0) >= from;
  };
  return rowsOf(alerts, "kind", (row) => (chosen.sku < 0 || alerts.sku[row] === chosen.sku) && about(row) && within(row));
}

function alertText(row) {
  const { alerts } = page;
  const kind = page.names.kind[alerts.kind[row]];
  const number = (name, style) => shown(alerts[name][row], style);
  const rate = kind === "ageing" ? "cents" : "money";
  const values = { sku: named("sku", alerts.sku[row]), location: named("location", alerts.location[row]),
    region: named("region", alerts.region[row]), lane: named("lane", alerts.lane[row]),
    basis: page.parts[alerts.basis[row]] ?? alerts.basis[row], units: number("units", "units"),
    share: alerts.share[row] === null ? "" : `${whole.format(100 * alerts.share[row])}%`, before: number("before", rate), after: number("after", rate),
    day: number("day", "date"), until: number("until", "date"), act_by: number("act_by", "date"), then: number("then", "date") };
  values.more = kind === "ageing" && values.until ? filled(page.parts.ageing_more, values) : "";
  values.tier = values.then ? filled(page.parts.tier, values) : "";
  return [filled(page.says[alerts.says[row]], values), filled(page.does[alerts.do[row]], values)];
}

function alertCard(row) {
  const { alerts } = page;
  const [says, does] = alertText(row);
  const sku = alerts.sku[row];
  return make("li", { class: alerts.urgent[row] ? "alert urgent" : "alert" },
    make("div", { class: "price" }, make("b", {}, shown(alerts.money[row], "money")), ` ${page.currency}`),
    make("div", {}, make("strong", {}, page.titles[page.names.kind[alerts.kind[row]]]), make("p", {}, says),
      make("p", { class: "do" }, does), sku >= 0 && chosen.sku < 0 ? pick(say("look_at", { sku: named("sku", sku) }), { sku }) : null));
}

function drawWorst() {
  const rows = alertRows();
  const urgent = rows.filter((row) => page.alerts.urgent[row]);
  // One of each kind that matters, so that a hundred stockouts do not hide a container or a duty.
  const size = (row) => Math.abs(page.alerts.money[row]);
  const firsts = [...grouped(urgent, (row) => page.alerts.kind[row]).values()].map(([first]) => first)
    .filter((row) => size(row) >= size(urgent[0]) / 100);
  const rest = urgent.filter((row) => !firsts.includes(row));
  const shownRows = [...firsts, ...rest.slice(0, Math.max(0, 8 - firsts.length))].sort((one, other) => one - other);
  fill(document.getElementById("worst-list"), ...shownRows.map(alertCard));
  const text = urgent.length ? say("worst_told", { count: whole.format(urgent.length), all: whole.format(rows.length) }) : say("worst_none");
  document.getElementById("worst-told").textContent = text;
}

function drawAlerts() {
  const all = alertRows();
  const { alerts } = page;
  const kinds = grouped(all, (row) => alerts.kind[row]);
  const button = (kind, text) => make("button", { type: "button", class: "chip", "aria-pressed": String(ASKED.kind === kind),
    onclick: () => { ASKED.kind = kind; drawAlerts(); } }, text);
  fill(document.getElementById("kinds"), button(-1, `${say("all_kinds")} ${whole.format(all.length)}`),
    ...page.names.kind.map((name, kind) => (kinds.has(kind) ? button(kind, `${page.titles[name]} ${whole.format(kinds.get(kind).length)}`) : null)));
  const rows = ASKED.kind < 0 ? all : kinds.get(ASKED.kind) ?? [];
  showTable(document.getElementById("alerts-table"), say("alerts_caption"), [
    { head: say("kind"), kind: "code", value: (row) => page.titles[page.names.kind[alerts.kind[row]]] },
    { head: say("costs_money"), kind: "money", value: (row) => alerts.money[row] },
    { head: say("act_by"), kind: "date", value: (row) => alerts.act_by[row],
      cell: (row) => make("span", { class: alerts.urgent[row] ? "soon" : "" }, shown(alerts.act_by[row], "date")) },
    { head: say("matter"), kind: "text", value: (row) => alertText(row)[0] },
    { head: say("what_to_do"), kind: "text", value: (row) => alertText(row)[1] },
  ], rows, { none: say("alerts_none") });
}

function drawContainers() {
  const { departures } = page;
  const rows = departuresChosen(false).filter((row) => departures.containers[row]);
  showTable(document.getElementById("containers-table"), say("containers_caption"), departureColumns(), rows, { none: say("containers_none") });
}
