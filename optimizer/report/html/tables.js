// Tables: sorted by a click on a heading, a page at a time, with totals of all rows.

const PAGE = 20;
const ON_PAPER = 30;

// Columns are {head, kind, value(row), cell(row)?, total?}; `value` gives what is sorted and shown.
function showTable(host, caption, columns, rows, options = {}) {
  const state = { sorted: -1, rising: false, shown: options.page ?? PAGE };
  const draw = () => {
    const ordered = state.sorted < 0 ? rows : [...rows].sort(byColumn(columns[state.sorted], state.rising));
    const kept = printing ? ordered.slice(0, ON_PAPER) : ordered.slice(0, state.shown);
    const head = make("tr", {}, ...columns.map((column, place) => heading(column, place, state, draw)));
    const body = kept.map((row) => make("tr", {}, ...columns.map((column) => cell(column, row))));
    const foot = columns.some((column) => column.total) && rows.length > 0 ? totals(columns, rows) : null;
    const more = rows.length - kept.length;
    fill(
      host,
      rows.length === 0 ? null : make("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": caption },
        make("table", {}, make("caption", {}, caption), make("thead", {}, head), make("tbody", {}, ...body),
          foot && make("tfoot", {}, foot))),
      rows.length === 0 ? make("p", { class: "quiet" }, options.none ?? say("nothing")) : null,
      more > 0 ? make("p", { class: "paper quiet" }, say("more_in_workbook", { count: whole.format(more) })) : null,
      more > 0 ? make("button", { type: "button", class: "more", onclick: () => { state.shown += 5 * PAGE; draw(); } },
        say("more", { count: whole.format(more) })) : null,
    );
  };
  draw();
}

function byColumn(column, rising) {
  const sign = rising ? 1 : -1;
  return (one, other) => {
    const [first, second] = [column.value(one), column.value(other)];
    if (typeof first === "string" || typeof second === "string") return sign * String(first).localeCompare(String(second));
    return sign * ((first ?? -Infinity) - (second ?? -Infinity));
  };
}

function heading(column, place, state, draw) {
  const sorted = state.sorted === place;
  const sort = () => {
    state.rising = sorted ? !state.rising : ["text", "code", "date"].includes(column.kind);
    state.sorted = place;
    draw();
  };
  const direction = sorted ? (state.rising ? "ascending" : "descending") : "none";
  const arrow = sorted ? (state.rising ? " ▲" : " ▼") : "";
  return make("th", { scope: "col", class: sideOf(column.kind), "aria-sort": direction },
    make("button", { type: "button", onclick: sort }, column.head + arrow));
}

function cell(column, row) {
  const content = column.cell ? column.cell(row) : shown(column.value(row), column.kind);
  return make("td", { class: sideOf(column.kind) }, content);
}

function totals(columns, rows) {
  return make("tr", {}, ...columns.map((column, place) => make("td", { class: sideOf(column.kind) },
    column.total ? shown(sum(rows, column.value), column.kind) : place === 0 ? say("total") : "")));
}

function sideOf(kind) {
  return ["text", "code", "date"].includes(kind) ? kind : "number";
}

// A bar that fills a share of its cell, with the share in words.
function bar(share, warn) {
  if (share === null || share === undefined) return "";
  const width = Math.max(0, Math.min(1, share)) * 100;
  return make("span", { class: "fill" },
    make("span", { class: "track", "aria-hidden": "true" },
      make("span", { class: warn ? "level warn" : "level", style: `width:${width}%` })),
    shown(share, "share"));
}

// A button that looks like a link and chooses something.
function pick(text, change) {
  return make("button", { type: "button", class: "pick", title: say("choose"), onclick: () => choose(change) }, text);
}
