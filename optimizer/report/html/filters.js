// The three filters: SKU, warehouse, week. A change tells every section; -1 is "all".

const chosen = { sku: -1, place: -1, week: -1 };
const sections = [];
const MOST_PROPOSED = 40;

// A section is drawn when it is seen for the first time, and again after a change as soon as it is in view.
function section(id, draw) {
  const element = document.getElementById(id);
  const entry = { element, draw, stale: true, seen: false };
  sections.push(entry);
  new IntersectionObserver((entries) => {
    entry.seen = entries.some((seen) => seen.isIntersecting);
    if (entry.seen) refresh(entry);
  }, { rootMargin: "200px" }).observe(element);
}

function refresh(entry) {
  if (!entry.stale) return;
  entry.stale = false;
  entry.draw();
}

function drawAll() {
  sections.forEach(refresh);
}

function choose(change) {
  Object.assign(chosen, change);
  for (const entry of sections) {
    entry.stale = true;
    if (entry.seen) refresh(entry);
  }
  showChoice();
}

function isPlace(place) {
  return chosen.place < 0 || chosen.place === place;
}

function isSku(sku) {
  return chosen.sku < 0 || chosen.sku === sku;
}

function isWeek(period) {
  return chosen.week < 0 || chosen.week === period;
}

function touches(lane) {
  return isPlace(page.names.lane_origin[lane]) || isPlace(page.names.lane_destination[lane]);
}

// The customers regions that belong to the chosen warehouse: those that it serves locally.
function regionsChosen() {
  const { location, region } = page.served;
  const all = page.names.region_kind.map((kind, place) => (kind === "customers" ? place : -1)).filter((p) => p >= 0);
  if (chosen.place < 0) return new Set(all);
  return new Set(region.filter((_, row) => location[row] === chosen.place));
}

// What is chosen, in words, for headings and for people who cannot see the filters.
function choiceText() {
  const parts = [];
  if (chosen.sku >= 0) parts.push(named("sku", chosen.sku));
  if (chosen.place >= 0) parts.push(named("location", chosen.place));
  if (chosen.week >= 0) parts.push(weekText(chosen.week));
  return parts.length ? parts.join(" · ") : say("everything");
}

function weekText(period) {
  return `${dayText(page.starts[period])} – ${dayText(page.lasts[period])}`;
}

function showChoice() {
  document.getElementById("choice").textContent = choiceText();
  document.getElementById("sku").value = chosen.sku < 0 ? "" : named("sku", chosen.sku);
  document.getElementById("place").value = chosen.place;
  document.getElementById("week").value = chosen.week;
  document.getElementById("reset").disabled = chosen.sku < 0 && chosen.place < 0 && chosen.week < 0;
}

function propose(text) {
  const wanted = text.trim().toLowerCase();
  const found = [];
  for (let sku = 0; sku < page.names.sku.length && found.length < MOST_PROPOSED; sku += 1) {
    if (skuText(sku).toLowerCase().includes(wanted)) found.push(sku);
  }
  return found;
}

function setUpFilters() {
  const box = document.getElementById("sku");
  const list = document.getElementById("skus");
  box.addEventListener("input", () => {
    const found = propose(box.value);
    fill(list, ...found.map((sku) => make("option", { value: named("sku", sku) }, named("sku_name", sku))));
  });
  // A change is told when Enter is pressed, a proposal is taken or the box is left.
  box.addEventListener("change", () => {
    const text = box.value.trim();
    let sku = page.names.sku.indexOf(text);
    if (sku < 0 && text) [sku = -1] = propose(text);
    const unknown = Boolean(text) && sku < 0;
    box.setAttribute("aria-invalid", String(unknown));
    document.getElementById("unknown").textContent = unknown ? say("unknown_sku") : "";
    if (!unknown) choose({ sku });
  });
  const place = document.getElementById("place");
  place.append(make("option", { value: -1 }, say("all_places")));
  page.names.location.forEach((name, at) => {
    if (page.names.location_kind[at] !== "supplier") place.append(make("option", { value: at }, name));
  });
  place.addEventListener("change", () => choose({ place: Number(place.value) }));
  const week = document.getElementById("week");
  week.append(make("option", { value: -1 }, say("all_weeks")));
  page.starts.forEach((_, period) => week.append(make("option", { value: period }, weekText(period))));
  week.addEventListener("change", () => choose({ week: Number(week.value) }));
  document.getElementById("reset").addEventListener("click", () => choose({ sku: -1, place: -1, week: -1 }));
  showChoice();
}
