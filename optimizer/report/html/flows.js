// The flow diagram: suppliers, home, overseas, customers from left to right; the width of a line says how much.

const COLUMN = { supplier: 0, domestic: 1, overseas: 2, marketplace: 2 };
// More suppliers than this become one box.
const MOST_SUPPLIERS = 8;

function drawFlows() {
  const shownAs = document.querySelector("input[name=flow]:checked").value;
  const flows = merged(flowsChosen());
  const [wide, high] = [document.getElementById("flows-chart").clientWidth - 240, highOf(flows)];
  const nodes = placed(flows, wide, high);
  const most = Math.max(1e-9, ...flows.map((flow) => flow[shownAs] ?? 0));
  const kind = shownAs === "units" ? "units" : "money";
  chart("flows-chart", high + 48).setOption(base({
    tooltip: { formatter: ({ dataType, data }) => (dataType === "edge" ? flowHint(data.flow) : hint(data.name, [])) },
    series: [{
      type: "graph", layout: "none", left: 90, right: 150, top: 24, bottom: 24, roam: false, z: 3,
      symbol: "roundRect", label: { show: true, color: COLOURS.ink, fontSize: 13, textBorderColor: "#fff", textBorderWidth: 4 },
      data: [...nodes, ...corners(wide, high)],
      links: flows.map((flow) => ({ source: flow.from, target: flow.to, flow,
        symbol: ["none", "arrow"], symbolSize: 8,
        lineStyle: { width: 1 + 13 * Math.sqrt((flow[shownAs] ?? 0) / most), color: flow.to[0] === "r" ? COLOURS.served : COLOURS.stock,
          opacity: 0.55, curveness: curve(flow) } })),
    }],
  }), true);
  onNode("flows-chart");
  const lanes = flowsChosen().sort((one, other) => (other[shownAs] ?? 0) - (one[shownAs] ?? 0));
  const text = say("flows_told", { what: choiceText(), count: lanes.length, kind: say(kind === "units" ? "units" : "money") });
  told("flows-chart", text);
  document.getElementById("flows-told").textContent = text;
  showTable(document.getElementById("flows-table"), say("flows_caption"), [
    { head: say("way"), kind: "text", value: (flow) => flow.name },
    { head: say("mode"), kind: "text", value: (flow) => flow.mode },
    { head: say("units"), kind: "units", value: (flow) => flow.units },
    { head: say("freight_duty"), kind: "money", value: (flow) => flow.money },
    { head: say("purchase"), kind: "money", value: (flow) => flow.goods || null },
  ], lanes);
}

// A click on a warehouse shows it alone.
function onNode(id) {
  const found = charts.get(id);
  found.off("click");
  found.on("click", ({ data }) => {
    const place = data.id && data.id[0] === "l" ? Number(data.id.slice(1)) : -1;
    if (place >= 0 && page.names.location_kind[place] !== "supplier") choose({ place });
  });
}

function flowHint(flow) {
  const lines = [[say("units"), shown(flow.units, "units")]];
  if (flow.money !== null) lines.push([say("freight_duty"), `${shown(flow.money, "money")} ${page.currency}`]);
  if (flow.goods) lines.push([say("purchase"), `${shown(flow.goods, "money")} ${page.currency}`]);
  return hint(flow.name, lines);
}

// Flows between the same boxes as one; many suppliers as one box.
function merged(flows) {
  const suppliers = new Set(flows.map((flow) => flow.from).filter((code) => kindOf(code) === "supplier"));
  const box = (code) => (kindOf(code) === "supplier" && suppliers.size > MOST_SUPPLIERS ? "suppliers" : code);
  const groups = grouped(flows, (flow) => `${box(flow.from)}>${box(flow.to)}`);
  return [...groups.values()].map((group) => ({
    from: box(group[0].from), to: box(group[0].to),
    name: group.length === 1 ? group[0].name : `${nodeText(box(group[0].from))} → ${nodeText(box(group[0].to))}`,
    units: sum(group, (flow) => flow.units), goods: sum(group, (flow) => flow.goods),
    money: group.some((flow) => flow.money === null) ? null : sum(group, (flow) => flow.money),
  }));
}

function kindOf(code) {
  return code[0] === "l" ? page.names.location_kind[Number(code.slice(1))] : "";
}

function nodeText(code) {
  if (code === "suppliers") return say("suppliers");
  return named(code[0] === "l" ? "location" : "region", Number(code.slice(1)));
}

// The boxes at their places: a column for each kind, in the order of the tables.
function placed(flows, wide, high) {
  return [...columnsOf(flows)].flatMap(([column, members]) => members.map((code, row) => ({
    id: code, name: nodeText(code), x: column * wide / 3, y: (row + 0.5) * high / members.length, symbolSize: [14, 26],
    itemStyle: { color: column === 3 ? COLOURS.served : COLOURS.stock },
    label: { position: column === 0 ? "left" : column === 3 ? "right" : "top" },
  })));
}

function columnsOf(flows) {
  const codes = [...new Set(flows.flatMap((flow) => [flow.from, flow.to]))];
  codes.sort((one, other) => (one[0] === other[0] ? Number(one.slice(1)) - Number(other.slice(1)) : one < other ? -1 : 1));
  return grouped(codes, columnOf);
}

function columnOf(code) {
  return code === "suppliers" ? 0 : code[0] === "r" ? 3 : COLUMN[kindOf(code)];
}

function highOf(flows) {
  return Math.max(260, 46 * Math.max(0, ...[...columnsOf(flows).values()].map((members) => members.length)));
}

// Nothing is seen of these two: they keep the boxes from being stretched.
function corners(wide, high) {
  return [[0, 0], [wide, high]].map(([x, y], at) => ({ id: `corner${at}`, name: " ", x, y, symbolSize: 0, label: { show: false },
    tooltip: { show: false } }));
}

// Transfers within a column and ways back bend, so that they do not lie upon others.
function curve(flow) {
  const ahead = columnOf(flow.to) - columnOf(flow.from);
  return ahead > 1 ? 0.12 : ahead === 1 ? 0 : 0.3;
}
