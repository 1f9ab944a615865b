"use strict";
(function () {
  var DATA = JSON.parse(document.getElementById("data").textContent);
  var NS = "http://www.w3.org/2000/svg", MIDDLE = 23328, SCALE = 10000, WIDTH = 3, SPACE = "\u00a0";
  var COLOUR = { using: "#004f7c", B: "#0072B2", D: "#B34700", E: "#8a6100" };
  var MARKS = { B: "circle", D: "diamond", E: "triangle" };
  var state = { language: DATA.language, way: 0, whom: 0, factor: 1, when: 0, code: 0, month: DATA.months.length - 1 };
  state.factor = Math.min(1, DATA.factors.length - 1);

  /* ---- words and numbers */
  function say(key, facts) {
    var text = DATA.words[state.language][key];
    return facts ? text.replace(/\{(\w+)\}/g, function (_, name) { return facts[name]; }) : text;
  }
  function in_language(pair) { return pair[state.language]; }
  function number(value, digits) {
    var vi = state.language === "vi", parts = Math.abs(value).toFixed(digits).split(".");
    var whole = parts[0].replace(/\B(?=(\d{3})+(?!\d))/g, vi ? "." : ",");
    var text = whole + (parts.length > 1 ? (vi ? "," : ".") + parts[1] : "");
    return (value < 0 && /[1-9]/.test(text) ? "\u2212" : "") + text;
  }
  function percent(share, digits) { return number(100 * share, digits === undefined ? 1 : digits) + SPACE + "%"; }
  function signed(change, digits) {
    var text = number(100 * change, digits === undefined ? 2 : digits);
    return change > 0 && /[1-9]/.test(text) ? "+" + text : text;
  }
  function month(text) {
    var names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    var part = text.split("-"), at = parseInt(part[1], 10);
    return state.language === "vi" ? at + "/" + part[0] : names[at - 1] + " " + part[0];
  }
  function shares(text) {
    var found = [], at;
    for (at = 0; at < text.length; at += WIDTH) {
      var word = text.substr(at, WIDTH);
      found.push(word === "---" ? null : (parseInt(word, 36) - MIDDLE) / SCALE);
    }
    return found;
  }

  /* ---- the chosen plan */
  function place() {
    return ((state.way * DATA.whom.length + state.whom) * DATA.factors.length + state.factor) * DATA.when.length + state.when;
  }
  function cell() { return DATA.cells[place()]; }
  function three(texts, code) {
    var all = shares(texts[code]), n = all.length / 3;
    return [all.slice(0, n), all.slice(n, 2 * n), all.slice(2 * n)];
  }
  function curve(which) {
    var past = three(DATA.history, state.code), next = three(which.c, state.code);
    return [0, 1, 2].map(function (k) { return past[k].concat(next[k]); });
  }
  function change(code) { return shares(cell().d).slice(3 * code, 3 * code + 3); }
  function apart(three_) { return three_[0] !== null && (three_[1] > 0 || three_[2] < 0); }

  /* ---- making elements */
  function make(name, about, inside) {
    var one = document.createElement(name), key;
    for (key in about || {}) {
      if (key.slice(0, 2) === "on") { one.addEventListener(key.slice(2), about[key]); }
      else if (key === "checked" || key === "value") { one[key] = about[key]; }
      else { one.setAttribute(key, about[key]); }
    }
    (inside || []).forEach(function (child) {
      if (child === null || child === undefined) { return; }
      one.appendChild(typeof child === "string" ? document.createTextNode(child) : child);
    });
    return one;
  }
  function draw(parent, name, about, text) {
    var one = document.createElementNS(NS, name), key;
    for (key in about) { one.setAttribute(key, about[key]); }
    if (text !== undefined) { one.appendChild(document.createTextNode(text)); }
    parent.appendChild(one);
    return one;
  }
  function canvas(width, height, alt) {
    var one = document.createElementNS(NS, "svg");
    one.setAttribute("viewBox", "0 0 " + width + " " + height);
    one.setAttribute("role", "img");
    one.setAttribute("aria-label", alt);
    draw(one, "title", {}, alt);
    return one;
  }

  /* ---- what is kept while choices change: inputs stay where they are, so that a slider can be dragged */
  var kept = [];
  function keep(refresh) { kept.push(refresh); refresh(); }
  function region(about, maker) {
    var one = make("div", about);
    keep(function () {
      while (one.firstChild) { one.removeChild(one.firstChild); }
      maker().forEach(function (child) { if (child) { one.appendChild(child); } });
    });
    return one;
  }

  /* ---- choices */
  function choice(group, pick, label) {
    var id = group + "-" + pick;
    var box = make("input", { type: "radio", name: group, id: id, checked: state[group] === pick, onchange: function () { set(group, pick); } });
    var one = make("label", { "for": id }, [box, label]);
    keep(function () { one.className = "choice" + (state[group] === pick ? " on" : ""); });
    return one;
  }
  function choices(group, titles) { return titles.map(function (one, n) { return choice(group, n, in_language(one)); }); }
  function slider(group, most, label, text) {
    function moved() { set(group, parseInt(this.value, 10)); }
    var one = make("input", { type: "range", id: group, min: 0, max: most, step: 1, "aria-label": label, oninput: moved, onchange: moved });
    one.value = String(state[group]);
    keep(function () { one.setAttribute("aria-valuetext", text()); });
    return one;
  }
  function million(value) { return number(value, value % 1 ? 1 : 0) + SPACE + say("million"); }
  function ticks(texts) {
    return make("div", { "class": "ticks", "aria-hidden": "true" }, texts.map(function (text) {
      return make("span", { style: "width:" + 100 / texts.length + "%" }, [text]);
    }));
  }
  function form() {
    var much = make("fieldset", {}, [
      make("legend", {}, ["3. " + say("much", { year: DATA.year })]),
      region({ "class": "amount", id: "amount" }, function () { return [document.createTextNode(million(cell().b))]; }),
      slider("factor", DATA.factors.length - 1, say("much", { year: DATA.year }), function () { return million(cell().b); }),
      ticks(DATA.factors.map(function (factor) { return "\u00d7" + number(factor, factor % 1 ? 2 : 0); })),
      make("div", { "class": "inline" }, choices("when", DATA.when)),
      make("div", { "class": "faint" }, [say("planned")])
    ]);
    function block(number_, key, group, titles) {
      return make("fieldset", {}, [make("legend", {}, [number_ + ". " + say(key)])].concat(choices(group, titles)));
    }
    return make("div", { "class": "row" }, [
      make("div", { "class": "col third" }, [block(1, "what", "way", DATA.ways)]),
      make("div", { "class": "col third" }, [block(2, "whom", "whom", DATA.whom)]),
      make("div", { "class": "col third" }, [much])
    ]);
  }

  /* ---- the curve */
  function path(xs, ys) { return xs.map(function (x, n) { return (n ? "L" : "M") + x.toFixed(1) + " " + ys[n].toFixed(1); }).join(""); }
  function ribbon(svg, xs, low, high, colour, opacity) {
    var back = xs.slice().reverse(), under = low.slice().reverse();
    draw(svg, "path", { d: path(xs, high) + path(back, under).replace("M", "L") + "Z", fill: colour, "fill-opacity": opacity, stroke: "none" });
  }
  function mark(svg, kind, x, y, colour, filled) {
    var look = { fill: filled ? colour : "#fff", stroke: colour, "stroke-width": 2, "class": "reported" };
    if (kind === "circle") { look.cx = x; look.cy = y; look.r = 5; return draw(svg, "circle", look); }
    look.d = kind === "diamond" ? "M" + x + " " + (y - 6) + "l6 6l-6 6l-6 -6z" : "M" + x + " " + (y - 6) + "l6 11l-12 0z";
    return draw(svg, "path", look);
  }
  function year_of(text) { var part = text.split("-"); return parseInt(part[0], 10) + (parseInt(part[1], 10) - 0.5) / 12; }
  function chart() {
    var code = DATA.codes[state.code], colour = COLOUR[code], last = DATA.months.length - 1;
    var plan = curve(cell()), base = curve(DATA.base), w = 640, h = 392, left = 44, right = 14, top = 10, bottom = 26;
    var first = year_of(DATA.months[0]), end = year_of(DATA.months[last]);
    function px(year) { return left + (w - left - right) * (year - first) / (end - first); }
    function py(share) { return top + (h - top - bottom) * (1 - share); }
    var svg = canvas(w, h, say("curve.alt", {
      code: say("code." + code), plan: percent(plan[0][last]), base: percent(base[0][last]), month: month(DATA.months[last]),
      low: percent(plan[1][last]), high: percent(plan[2][last])
    }));
    var year, share, xs = DATA.months.map(function (text) { return px(year_of(text)); });
    for (share = 0; share <= 1.001; share += 0.2) {
      draw(svg, "line", { x1: left, x2: w - right, y1: py(share), y2: py(share), stroke: "#e2e2e2" });
      draw(svg, "text", { x: left - 5, y: py(share) + 4, "text-anchor": "end", "font-size": 12, fill: "#444" }, percent(share, 0));
    }
    for (year = Math.ceil(first); year <= end; year += 1) {
      draw(svg, "line", { x1: px(year), x2: px(year), y1: h - bottom, y2: h - bottom + 4, stroke: "#888" });
      if (px(year + 0.5) < w - right - 10) {
        draw(svg, "text", { x: px(year + 0.5), y: h - 8, "text-anchor": "middle", "font-size": 12, fill: "#444" }, String(year));
      }
    }
    draw(svg, "rect", { x: xs[DATA.split], y: top, width: xs[last] - xs[DATA.split], height: h - top - bottom, fill: "#f6f1e3" });
    ribbon(svg, xs, plan[1].map(py), plan[2].map(py), colour, 0.2);
    draw(svg, "path", { d: path(xs, base[0].map(py)), fill: "none", stroke: "#222", "stroke-width": 1.6, "stroke-dasharray": "6 4", id: "line-base" });
    draw(svg, "path", { d: path(xs, plan[0].map(py)), fill: "none", stroke: colour, "stroke-width": 2.6, id: "line-plan" });
    DATA.points.forEach(function (point) {
      if (point.code === code) {
        var dot = mark(svg, MARKS[code] || "circle", Math.round(px(year_of(point.month))), Math.round(py(point.value)), colour, point.here);
        draw(dot, "title", {}, code + " " + percent(point.value) + ", " + month(point.month) + " (" + point.key + ")");
        var left = point.early || px(year_of(point.month)) > w - 110;
        draw(svg, "text", {
          x: px(year_of(point.month)) + (left ? -9 : 9), y: py(point.value) + (point.early ? 15 : -7), "font-size": 11.5, fill: "#222",
          "text-anchor": left ? "end" : "start", stroke: "#fff", "stroke-width": 3, "paint-order": "stroke"
        }, code + " " + percent(point.value));
      }
    });
    var x = xs[state.month];
    draw(svg, "line", { x1: x, x2: x, y1: top, y2: h - bottom, stroke: "#222", "stroke-width": 1, id: "cursor" });
    draw(svg, "circle", { cx: x, cy: py(plan[0][state.month]), r: 4, fill: colour });
    return svg;
  }
  function key_() {
    var code = DATA.codes[state.code], colour = COLOUR[code], shown = DATA.points.filter(function (one) { return one.code === code; });
    function item(drawn, text) {
      var svg = canvas(30, 14, ""); svg.setAttribute("style", "display:inline-block;width:30px;height:14px;vertical-align:middle");
      svg.setAttribute("aria-hidden", "true"); drawn(svg);
      return make("span", { style: "margin-right:12px;white-space:nowrap;display:inline-block" }, [svg, " " + text]);
    }
    function any(here) { return shown.some(function (one) { return one.here === here; }); }
    return make("div", { "class": "faint" }, [
      item(function (s) { draw(s, "line", { x1: 2, x2: 28, y1: 7, y2: 7, stroke: colour, "stroke-width": 3 }); }, say("with")),
      item(function (s) { draw(s, "line", { x1: 2, x2: 28, y1: 7, y2: 7, stroke: "#222", "stroke-width": 2, "stroke-dasharray": "6 4" }); }, say("without")),
      item(function (s) { draw(s, "rect", { x: 2, y: 2, width: 26, height: 10, fill: colour, "fill-opacity": 0.2 }); }, say("band", { draws: DATA.draws })),
      any(true) ? item(function (s) { mark(s, MARKS[code], 15, 7, colour, true); }, say("reported")) : null,
      any(false) ? item(function (s) { mark(s, MARKS[code], 15, 7, colour, false); }, say("reported.wider")) : null
    ]);
  }
  function reading() {
    var plan = curve(cell())[0][state.month], base = curve(DATA.base)[0][state.month], at = DATA.months[state.month];
    return [make("p", { id: "reading", "aria-live": "polite" }, [say("at", { month: month(at), plan: percent(plan), base: percent(base) })])];
  }
  function curves() {
    var codes = DATA.codes.map(function (code, n) {
      var one = make("button", { type: "button", id: "code-" + code, onclick: function () { set("code", n); } }, [say("code." + code)]);
      keep(function () { one.className = n === state.code ? "on" : ""; one.setAttribute("aria-pressed", String(n === state.code)); });
      return one;
    });
    return make("div", { "class": "card" }, [
      make("h2", {}, [say("curve")]),
      make("div", { "class": "codes", role: "group", "aria-label": say("code") }, codes),
      region({ id: "chart" }, function () {
        var said = say("said." + DATA.codes[state.code]) + "; " + say("mean", { draws: DATA.draws });
        return [make("p", { "class": "faint" }, [said]), chart(), key_()];
      }),
      make("label", { "class": "no-print faint", "for": "month" }, [say("cursor")]),
      slider("month", DATA.months.length - 1, say("cursor"), function () { return month(DATA.months[state.month]); }),
      region({}, reading)
    ]);
  }

  /* ---- what it adds */
  function range_(texts) { return texts[0] === null ? "" : " [" + texts.join("; ") + "]"; }
  function line(label, value, more, id) {
    return make("tr", {}, [make("th", { scope: "row" }, [label]), make("td", { id: id }, [make("b", {}, [value]), more || ""])]);
  }
  function answer() {
    var one = cell(), last = DATA.months[DATA.months.length - 1], add = change(0), is_apart = apart(add);
    var plan = three(one.c, 0)[0], base = three(DATA.base.c, 0)[0], late = change(DATA.codes.length);
    var each = one.e[0] === null ? say("untold") : one.e[1] === null ? number(one.e[0], 0) + SPACE + DATA.vnd[state.language] + " (" + say("few") + ")"
      : number(one.e[0], 0) + SPACE + DATA.vnd[state.language];
    var verdict = is_apart ? say("more", { change: signed(add[0]) }) : say("same");
    return make("div", { "class": "card", "aria-live": "polite" }, [
      make("h2", {}, [say("answer")]),
      make("p", { "class": "verdict" + (is_apart ? add[0] < 0 ? " less" : "" : " same"), id: "verdict" }, [verdict]),
      make("p", { id: "level" }, [say("level", { month: month(last), plan: percent(plan[plan.length - 1]), base: percent(base[base.length - 1]) })]),
      make("p", { "class": "faint" }, [say("interval", { low: signed(add[1]), high: signed(add[2]) })]),
      make("table", {}, [
        line(say("households"), number(one.n[0], 0), range_([number(one.n[1], 0), number(one.n[2], 0)]), "gained"),
        line(say("cost"), number(one.m[0], 0) + SPACE + say("million"), range_([number(one.m[1], 0), number(one.m[2], 0)]), "cost"),
        line(say("each"), each, one.e[0] === null || one.e[1] === null ? "" : range_([number(one.e[1], 0), number(one.e[2], 0)]), "each"),
        line(say("late"), apart(late) ? signed(late[0]) + " " + say("points") : say("untold"), range_([signed(late[1]), signed(late[2])]), "late"),
        line(say("grade"), say("grade.said", { grade: one.q }), "", "grade")
      ])
    ]);
  }
  function paid() {
    var last = DATA.months[DATA.months.length - 1], with_ = shares(cell().w), without = shares(DATA.base.w);
    function parts(all) { return [all[0] + all[1] + all[2], all[3], all[4], all[5] + all[6], all[7]]; }
    var now = parts(with_), before = parts(without), names = ["alone", "helped", "agent", "cash", "late"];
    return make("div", { "class": "card" }, [
      make("h2", {}, [say("paid", { month: month(last) })]),
      make("table", {}, [make("tr", { "class": "faint" }, [make("td"), make("td", { "class": "number" }, [say("with")]), make("td", { "class": "number" }, [say("without")])])].concat(
        names.map(function (name, n) {
          return make("tr", {}, [make("th", { scope: "row" }, [say("paid." + name)]), make("td", { "class": "number" }, [percent(now[n])]), make("td", { "class": "number" }, [percent(before[n])])]);
        })))
    ]);
  }

  /* ---- districts and groups */
  function six(text, n) { return shares(text).slice(6 * n, 6 * n + 6); }
  function shade(level) {
    var from = [239, 246, 250], to = [0, 79, 124], part = Math.max(0, Math.min(1, level));
    return from.map(function (a, k) { return Math.round(a + (to[k] - a) * part); });
  }
  function tiles() {
    var last = DATA.months[DATA.months.length - 1], text = cell().p, w = 480, across = 1, down = 1;
    DATA.places.forEach(function (one) { across = Math.max(across, one.x + 1); down = Math.max(down, one.y + 1); });
    var levels = DATA.places.map(function (one, n) { return six(text, n)[0]; }).filter(function (one) { return one !== null; });
    var low = Math.min.apply(null, levels), high = Math.max.apply(null, levels), tall = 76, wide = w / across;
    var svg = canvas(w, tall * down, say("map", { month: month(last) }));
    DATA.places.forEach(function (one, n) {
      var held = six(text, n), level = held[0], name = in_language(one), add = held.slice(3), g;
      var rgb = level === null ? [242, 242, 242] : shade(0.08 + 0.84 * (level - low) / Math.max(high - low, 0.0001));
      var dark = 0.3 * rgb[0] + 0.59 * rgb[1] + 0.11 * rgb[2] < 140, ink = dark ? "#fff" : "#000";
      var said = apart(add) ? signed(add[0]) : "\u2013", mid = one.x * wide + wide / 2;
      g = draw(svg, "g", { role: "img", "aria-label": level === null ? name + ": " + say("suppressed") : say("map.alt", { name: name, level: percent(level), change: said }) });
      draw(g, "rect", { x: one.x * wide + 2, y: one.y * tall + 2, width: wide - 4, height: tall - 4, fill: "rgb(" + rgb.join(",") + ")", stroke: "#888" });
      draw(g, "text", { x: mid, y: one.y * tall + 22, "text-anchor": "middle", "font-size": 15, fill: ink }, name);
      draw(g, "text", { x: mid, y: one.y * tall + 43, "text-anchor": "middle", "font-size": 16, "font-weight": "bold", fill: ink }, level === null ? "<30" : percent(level));
      draw(g, "text", { x: mid, y: one.y * tall + 63, "text-anchor": "middle", "font-size": 13.5, fill: ink }, level === null ? "" : said);
    });
    return make("div", { "class": "card" }, [make("h2", {}, [say("map", { month: month(last) })]), svg, make("p", { "class": "faint" }, [say("map.note")])]);
  }
  function left_out() {
    var last = DATA.months[DATA.months.length - 1], text = cell().g, before = DATA.base.g, w = 480, row = 25, left = 158, right = 118, top = 0;
    var svg = canvas(w, DATA.groups.length * row + 4, say("groups", { month: month(last) })), span = w - left - right;
    DATA.groups.forEach(function (one, n) {
      var held = six(text, n), was = six(before, n)[0], name = in_language(one), y = top + n * row, add = held.slice(3), g;
      var out = held[0] === null ? null : 1 - held[0], said = apart(add) ? signed(-add[0]) : "\u2013";
      g = draw(svg, "g", { role: "img", "aria-label": out === null ? name + ": " + say("suppressed") : say("group.alt", { name: name, level: percent(out), change: said }) });
      draw(g, "text", { x: left - 6, y: y + 17, "text-anchor": "end", "font-size": 13.5, fill: "#222" }, name);
      draw(g, "rect", { x: left, y: y + 4, width: span, height: row - 8, fill: "#f0f0f0" });
      if (out === null) { draw(g, "text", { x: left + 6, y: y + 17, "font-size": 12, fill: "#555" }, say("suppressed")); return; }
      draw(g, "rect", { x: left, y: y + 4, width: span * out, height: row - 8, fill: "#D5A253", "class": "bar" });
      draw(g, "line", { x1: left + span * (1 - was), x2: left + span * (1 - was), y1: y + 1, y2: y + row - 1, stroke: "#000", "stroke-width": 2 });
      draw(g, "text", { x: w - right + 56, y: y + 17, "text-anchor": "end", "font-size": 13.5, "font-weight": "bold", fill: "#222" }, percent(out));
      draw(g, "text", { x: w - 4, y: y + 17, "text-anchor": "end", "font-size": 13.5, fill: "#222" }, said);
    });
    return make("div", { "class": "card" }, [make("h2", {}, [say("groups", { month: month(last) })]), svg, make("p", { "class": "faint" }, [say("groups.note")])]);
  }

  /* ---- trust and origin */
  function lights() {
    return make("div", { "class": "card" }, [make("h2", {}, [say("lights")]), make("table", { "class": "lights" }, DATA.lights.map(function (one) {
      return make("tr", {}, [
        make("td", { style: "width:70px" }, [make("span", { "class": "lamp " + one.colour }, [in_language(one.name)])]),
        make("th", { scope: "row", style: "width:210px" }, [in_language(one.question)]),
        make("td", {}, [in_language(one.sentence) + " " + in_language(one.advice)])
      ]);
    })), make("p", { "class": "faint" }, [say("limits")])]);
  }
  function origin() {
    var rows = DATA.made[state.language].concat([[DATA.plan_word[state.language], cell().h]]);
    return make("div", { "class": "card made" }, [make("h2", {}, [say("made")]), make("table", {}, rows.map(function (one) {
      return make("tr", {}, [make("th", { scope: "row" }, [one[0]]), make("td", {}, [one[1]])]);
    }))]);
  }
  function file() {
    return make("div", { "class": "card no-print" }, [
      make("h2", {}, [say("toml")]), make("pre", { id: "toml", tabindex: "0" }, [cell().t]), make("p", { "class": "faint" }, [say("toml.note")])
    ]);
  }
  function chosen() {
    var parts = [DATA.ways[state.way], DATA.whom[state.whom], DATA.when[state.when]].map(in_language);
    return make("p", { "class": "only-print" }, [make("b", {}, [say("chosen") + ": "]), parts[0] + "; " + parts[1] + "; " + million(cell().b) + ", " + parts[2] + "."]);
  }

  /* ---- the page */
  function top() {
    function tongue(key, name) {
      var on = state.language === key;
      return make("button", { type: "button", "class": on ? "on" : "", id: "language-" + key, lang: key, "aria-pressed": String(on), onclick: function () { set("language", key); } }, [name]);
    }
    return make("header", {}, [
      make("h1", {}, [say("title")]),
      make("div", { "class": "tools", role: "group", "aria-label": say("language") }, [
        tongue("vi", "Tiếng Việt"), " ", tongue("en", "English"), " ",
        make("button", { type: "button", id: "print", onclick: function () { window.print(); } }, [say("print")])
      ])
    ]);
  }
  function columns(first, second, how) {
    return make("div", { "class": "row" }, [make("div", { "class": "col " + how[0] }, first), make("div", { "class": "col " + how[1] }, second)]);
  }
  function show() {
    var page = document.getElementById("page"), held = document.activeElement && document.activeElement.id;
    document.documentElement.lang = state.language;
    document.title = say("title");
    kept = [];
    while (page.firstChild) { page.removeChild(page.firstChild); }
    [
      top(), make("p", { "class": "where" }, [DATA.where[state.language]]),
      DATA.mark[state.language] ? make("p", { "class": "mark" }, [DATA.mark[state.language]]) : null,
      form(), region({}, function () { return [chosen()]; }),
      columns([curves()], [region({}, function () { return [answer(), paid()]; })], ["wide", "narrow"]),
      columns([region({ id: "map" }, function () { return [tiles()]; })], [region({ id: "groups" }, function () { return [left_out()]; })], ["half", "half"]),
      lights(), region({}, function () { return [origin(), file()]; })
    ].forEach(function (one) { if (one) { page.appendChild(one); } });
    var again = held && document.getElementById(held);
    if (again) { again.focus(); }
  }
  function set(name, value) {
    if (state[name] === value) { return; }
    state[name] = value;
    if (name === "language") { show(); } else { kept.forEach(function (refresh) { refresh(); }); }
  }
  show();
}());
