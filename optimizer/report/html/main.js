// Unpack the data, set up the filters, draw what is in view; before printing draw everything.

let page = null;
let printing = false;

async function start() {
  page = await unpacked();
  page.lasts = page.starts.map((_, period) => (page.starts[period + 1] ?? page.days) - 1);
  page.first = Date.parse(`${page.first}T00:00:00Z`);
  setUpFilters();
  section("leaving", drawLeaving);
  section("ordering", drawOrdering);
  section("worst", drawWorst);
  section("stock", drawStock);
  section("short", drawShort);
  section("flows", drawFlows);
  section("costs", drawCosts);
  section("ages", drawAges);
  section("containers", drawContainers);
  section("alerts", drawAlerts);
  section("lines", drawLines);
  document.querySelectorAll("input[name=flow]").forEach((input) => input.addEventListener("change", drawFlows));
  window.addEventListener("beforeprint", () => {
    printing = true;
    choose({});
    drawAll();
  });
  window.addEventListener("afterprint", () => {
    printing = false;
    choose({});
  });
  document.body.dataset.ready = "yes";
}

start().catch((error) => {
  const told = document.getElementById("failed");
  told.hidden = false;
  told.append(` ${error.message}`);
});
