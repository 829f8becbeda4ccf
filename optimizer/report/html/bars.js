  // What the charts of the smaller pages have in common; their own script follows in the same scope.
  const INK = "#1c2733", LINE = "#d7dee5", DEAR = "#c0564a", CHEAP = "#2e7d4f", QUIET = "#56636f";
  const COLOURS = ["#1f5f8b", "#d9a441", "#6b5b95", "#2e7d4f", "#c0564a", "#9bbcd1", "#5b8c85", "#8a5a00", "#b07aa1",
    "#4a6fa5", "#a3b18a", "#7d8a97", "#e0c097", "#3d405b", "#81b29a"];
  const whole = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });
  const compact = new Intl.NumberFormat("en-US", { notation: "compact", maximumFractionDigits: 1 });
  const share = (value) => `${(100 * value).toFixed(1)}%`;

  async function unpacked() {
    const packed = atob(document.getElementById("data").textContent.trim());
    const bytes = Uint8Array.from(packed, (letter) => letter.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return JSON.parse(await new Response(stream).text());
  }

  function draw(id, height, options) {
    const host = document.getElementById(id);
    if (!host) return;
    host.style.height = `${height}px`;
    const chart = echarts.init(host, null, { renderer: "svg" });
    const font = getComputedStyle(document.body).fontFamily;
    chart.setOption({ animation: false, color: COLOURS, textStyle: { fontFamily: font, color: INK, fontSize: 13 },
      grid: { left: 20, right: 24, top: 48, bottom: 8, containLabel: true }, ...options });
    new ResizeObserver(() => chart.resize()).observe(host);
  }

  // A name as far as there is room for it: its beginning and its end, where the value of a sweep stands.
  function cut(name, widest = 40) {
    const wide = (letter) => (letter > "\u2e7f" ? 2 : 1);
    const within = (letters, places) => {
      let taken = 0;
      const past = letters.findIndex((letter) => (taken += wide(letter)) > places);
      return past < 0 ? letters : letters.slice(0, past);
    };
    const letters = Array.from(name), fits = within(letters, widest);
    if (fits.length === letters.length) return name;
    const end = within([...letters].reverse(), widest / 2).reverse();
    return `${within(letters, widest / 2 - 1).join("")}…${end.join("")}`;
  }

  const names = (list) => ({ type: "category", data: list, inverse: true, axisTick: { show: false },
    axisLabel: { color: INK, formatter: (name) => cut(name) } });
  const amounts = (format) => ({ type: "value", axisLabel: { formatter: format, color: QUIET },
    splitLine: { lineStyle: { color: LINE } } });
