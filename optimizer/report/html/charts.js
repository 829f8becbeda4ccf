// Charts by ECharts, as SVG. Tooltips are made of text nodes; each chart is told in words beside it.

const charts = new Map();
const COLOURS = { stock: "#1f5f8b", served: "#9bbcd1", lost: "#c0564a", arrivals: "#2e7d4f", money: "#6b5b95",
  ink: "#1c2733", quiet: "#56636f", line: "#d7dee5" };

function chart(id, height) {
  const host = document.getElementById(id);
  host.style.height = `${height}px`;
  if (!charts.has(id)) {
    charts.set(id, echarts.init(host, null, { renderer: "svg" }));
    new ResizeObserver(() => charts.get(id).resize()).observe(host);
  }
  const found = charts.get(id);
  found.resize();
  return found;
}

function told(id, text) {
  const host = document.getElementById(id);
  host.setAttribute("role", "img");
  host.setAttribute("aria-label", text);
}

// A tooltip as an element: a head and lines of name and value.
function hint(head, lines) {
  return make("div", { class: "hint" }, make("strong", {}, head),
    ...lines.map(([name, value]) => make("div", {}, make("span", {}, `${name} `), make("b", {}, value))));
}

function base(extra) {
  return {
    animation: false,
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, color: COLOURS.ink, fontSize: 13 },
    grid: { left: 8, right: 16, top: 40, bottom: 8, containLabel: true },
    ...extra,
  };
}

function amountAxis(name) {
  return { type: "value", name, nameTextStyle: { color: COLOURS.quiet, align: "left" },
    axisLabel: { color: COLOURS.quiet, formatter: (value) => compact.format(value) },
    splitLine: { lineStyle: { color: COLOURS.line } } };
}

function nameAxis(data, extra = {}) {
  return { type: "category", data, axisLabel: { color: COLOURS.ink }, axisTick: { show: false },
    axisLine: { lineStyle: { color: COLOURS.line } }, ...extra };
}

// Horizontal bars, the first on top; negative ones are credits.
function bars(id, items, kind) {
  const found = chart(id, 60 + 30 * items.length);
  found.setOption(base({
    grid: { left: 8, right: 90, top: 8, bottom: 8, containLabel: true },
    xAxis: { ...amountAxis(""), splitNumber: 4 },
    yAxis: nameAxis(items.map((item) => item.name), { inverse: true }),
    tooltip: { formatter: ({ dataIndex }) => hint(items[dataIndex].name, [["", shown(items[dataIndex].value, kind)]]) },
    series: [{ type: "bar", barWidth: 16,
      data: items.map((item) => ({ value: item.value,
        itemStyle: { color: item.colour ?? (item.value < 0 ? COLOURS.arrivals : COLOURS.stock) },
        label: { show: true, position: "right", color: COLOURS.ink,
          formatter: () => shown(item.value, kind) } })) }],
  }), true);
}

// A small line of stock by week with arrivals as dots below and lost weeks as ticks above.
function spark(units, arrivals, lost) {
  const [wide, high] = [168, 30];
  const most = Math.max(1e-9, ...units);
  const step = wide / Math.max(1, units.length);
  const at = (period) => step * (period + 0.5);
  const line = units.map((value, period) => `${at(period).toFixed(1)},${(high - 5 - (high - 12) * Math.max(0, value) / most).toFixed(1)}`);
  const marks = [];
  arrivals.forEach((value, period) => {
    if (value > 0) marks.push(drawn("path", { d: `M${at(period) - 3} ${high}h6l-3 -5z`, fill: COLOURS.arrivals }));
  });
  lost.forEach((value, period) => {
    if (value > 0) marks.push(drawn("rect", { x: at(period) - step / 2 + 1, y: 0, width: step - 2, height: 4, fill: COLOURS.lost }));
  });
  return drawn("svg", { class: "spark", width: wide, height: high, viewBox: `0 0 ${wide} ${high}`, "aria-hidden": "true" },
    drawn("line", { x1: 0, x2: wide, y1: high - 5, y2: high - 5, stroke: COLOURS.line }),
    drawn("polyline", { points: line.join(" "), fill: "none", stroke: COLOURS.stock, "stroke-width": 2 }), ...marks);
}
