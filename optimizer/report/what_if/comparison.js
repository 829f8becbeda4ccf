  // Charts of a comparison. Every text goes into the charts as a name, never as HTML; tables stand in the page itself.
  const tall = (rows) => 90 + 34 * rows;

  // A bar for what was found, and a whisker for what is proven of the best plans.
  function differences(page) {
    const list = page.names.slice(1);
    const whiskers = page.differences.map(([, least, most], row) => [least, most, row])
      .filter(([least, most]) => least !== null && most !== null);
    draw("difference", tall(list.length), {
      tooltip: { trigger: "axis", renderMode: "richText", formatter: ([bar]) => {
        const [found, least, most] = page.differences[bar.dataIndex];
        const proven = least === null || most === null ? "" : `\n${page.proven}: ${whole.format(least)} … ${whole.format(most)}`;
        return `${bar.name}\n${whole.format(found)} ${page.currency}${proven}`;
      } },
      xAxis: amounts((value) => compact.format(value)), yAxis: names(list),
      series: [
        { type: "bar", barMaxWidth: 18, data: page.differences.map(([found]) => ({ value: found,
          itemStyle: { color: found > 0 ? DEAR : CHEAP } })) },
        { type: "custom", data: whiskers, encode: { x: [0, 1], y: 2 }, silent: true, renderItem: (_, api) => {
          const [left, right] = [api.coord([api.value(0), api.value(2)]), api.coord([api.value(1), api.value(2)])];
          const stroke = { stroke: INK, lineWidth: 1.5 };
          const line = (x1, y1, x2, y2) => ({ type: "line", shape: { x1, y1, x2, y2 }, style: stroke });
          return { type: "group", children: [line(left[0], left[1], right[0], right[1]),
            line(left[0], left[1] - 5, left[0], left[1] + 5), line(right[0], right[1] - 5, right[0], right[1] + 5)] };
        } },
      ],
    });
  }

  function stacked(id, page, table, format) {
    const keys = Object.keys(table).filter((key) => table[key].some((value) => Math.abs(value ?? 0) > 1e-9));
    draw(id, tall(page.names.length) + 40, {
      legend: { type: "scroll", top: 0 }, tooltip: { trigger: "item", renderMode: "richText",
        formatter: (one) => `${one.name}\n${one.seriesName}: ${format(one.value)}` },
      grid: { left: 8, right: 24, top: 56, bottom: 8, containLabel: true },
      xAxis: amounts(format), yAxis: names(page.names),
      series: keys.map((key) => ({ name: key, type: "bar", stack: "all", barMaxWidth: 22, data: table[key] })),
    });
  }

  function sweep(place, one) {
    const line = ([name, values], extra) => ({ name, type: "line", symbolSize: 7,
      data: one.at.map((at, step) => [at, values[step]]), ...extra });
    draw(`sweep-${place}`, 320, {
      legend: { top: 0 }, tooltip: { trigger: "axis", renderMode: "richText" },
      grid: { left: 8, right: 8, top: 48, bottom: 8, containLabel: true },
      xAxis: { type: "value", scale: true, axisLabel: { color: QUIET }, splitLine: { show: false } },
      yAxis: [{ ...amounts((value) => compact.format(value)), scale: true },
        { type: "value", min: 0, max: 1, axisLabel: { formatter: share, color: QUIET }, splitLine: { show: false } }],
      series: [line(one.total), line(one.bound, { lineStyle: { type: "dashed" }, symbol: "none" }),
        line(one.served, { yAxisIndex: 1 })],
    });
  }

  unpacked().then((page) => {
    differences(page);
    stacked("line", page, page.line, (value) => compact.format(value));
    stacked("mode", page, page.mode, share);
    page.sweeps.forEach((one, place) => sweep(place, one));
    document.body.dataset.ready = "yes";
  });
