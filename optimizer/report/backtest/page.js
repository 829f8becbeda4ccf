  // Charts of a back-test. Every text goes into the charts as a name, never as HTML; tables stand in the page itself.
  function stacked(id, page, parts) {
    const series = Object.entries(parts).map(([name, data]) => ({ name, type: "bar", stack: "all", barMaxWidth: 24, data }));
    draw(id, 150 + 34 * page.names.length, { legend: { type: "scroll", top: 0 },
      tooltip: { trigger: "item", renderMode: "richText",
        formatter: (one) => `${one.name}\n${one.seriesName}: ${whole.format(one.value)} ${page.currency}` },
      xAxis: amounts((value) => compact.format(value)), yAxis: names(page.names), series });
  }

  // A bar for the share that was found, and a whisker for its interval.
  function differences(page) {
    const list = page.differences;
    const whiskers = list.map(([, , ends], row) => ends && [ends[0], ends[1], row]).filter(Boolean);
    draw("difference", 60 + 34 * list.length, {
      grid: { left: 20, right: 24, top: 8, bottom: 8, containLabel: true },
      tooltip: { trigger: "axis", renderMode: "richText", formatter: ([bar]) => {
        const [name, found, ends] = list[bar.dataIndex];
        return `${name}\n${found === null ? "" : share(found)}${ends ? `\n${share(ends[0])} … ${share(ends[1])}` : ""}`;
      } },
      xAxis: amounts(share), yAxis: names(list.map(([name]) => name)),
      series: [
        { type: "bar", barMaxWidth: 18, data: list.map(([, found]) => ({ value: found,
          itemStyle: { color: found > 0 ? DEAR : CHEAP } })) },
        { type: "custom", data: whiskers, encode: { x: [0, 1], y: 2 }, silent: true, renderItem: (_, api) => {
          const [left, right] = [api.coord([api.value(0), api.value(2)]), api.coord([api.value(1), api.value(2)])];
          const line = (x1, y1, x2, y2) => ({ type: "line", shape: { x1, y1, x2, y2 }, style: { stroke: INK, lineWidth: 1.5 } });
          return { type: "group", children: [line(left[0], left[1], right[0], right[1]),
            line(left[0], left[1] - 5, left[0], left[1] + 5), line(right[0], right[1] - 5, right[0], right[1] + 5)] };
        } },
      ],
    });
  }

  function lines(id, page, values, format) {
    const weeks = page.weeks[page.names[0]].cost.map((_, week) => String(week + 1));
    draw(id, 340, { legend: { type: "scroll", top: 0 },
      grid: { left: 20, right: 24, top: 48, bottom: 28, containLabel: true },
      tooltip: { trigger: "axis", renderMode: "richText", valueFormatter: format },
      xAxis: { type: "category", data: weeks, name: page.week, nameLocation: "middle", nameGap: 28, axisLabel: { color: QUIET } },
      yAxis: { ...amounts(format), scale: true },
      series: page.names.map((name) => ({ name, type: "line", showSymbol: false, data: values(page.weeks[name]) })) });
  }

  function soFar(costs) {
    let total = 0;
    return costs.map((cost) => (total += cost));
  }

  async function start() {
    const page = await unpacked();
    differences(page);
    stacked("costs", page, page.costs);
    stacked("modes", page, page.modes);
    lines("weeks", page, (week) => soFar(week.cost), (value) => compact.format(value));
    lines("stock", page, (week) => week.stock, (value) => whole.format(value));
    lines("fill", page, (week) => week.fill_rate, share);
    document.body.dataset.ready = "yes";
  }

  start();
