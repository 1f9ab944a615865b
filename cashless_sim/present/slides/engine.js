"use strict";
(function () {
  var root = document.documentElement, slides = document.querySelectorAll(".slide"), at = 0;
  var stage = document.getElementById("stage"), notes = document.getElementById("notes");
  function language() { return root.lang; }
  function show(number) {
    at = Math.max(0, Math.min(slides.length - 1, number));
    slides.forEach(function (slide, n) { slide.classList.toggle("on", n === at); });
    notes.textContent = slides[at].querySelector("aside[lang=" + language() + "]").textContent;
    if (location.hash !== "#" + (at + 1)) { history.replaceState(null, "", "#" + (at + 1)); }
  }
  function fit() {
    var room = window.innerHeight - (notes.hidden ? 0 : notes.offsetHeight);
    var scale = Math.min(window.innerWidth / 1024, room / 768);
    stage.style.transform = "scale(" + scale + ")";
    stage.style.left = (window.innerWidth - 1024 * scale) / 2 + "px";
    stage.style.top = Math.max(0, (room - 768 * scale) / 2) + "px";
  }
  function speak(tongue) {
    root.lang = tongue;
    document.querySelectorAll(".slide > [lang]").forEach(function (part) {
      part.hidden = part.tagName === "ASIDE" || part.lang !== tongue;
    });
    document.title = stage.getAttribute("data-title-" + tongue);
    show(at);
  }
  function key(event) {
    var name = event.key;
    if (event.ctrlKey || event.metaKey || event.altKey) { return; }
    if (["ArrowRight", "ArrowDown", "PageDown", " ", "Enter"].indexOf(name) >= 0) { show(at + 1); }
    else if (["ArrowLeft", "ArrowUp", "PageUp", "Backspace"].indexOf(name) >= 0) { show(at - 1); }
    else if (name === "Home") { show(0); }
    else if (name === "End") { show(slides.length - 1); }
    else if (name === "n" || name === "N") { notes.hidden = !notes.hidden; fit(); }
    else if (name === "l" || name === "L") { speak(language() === "vi" ? "en" : "vi"); }
    else if (name === "p" || name === "P") { window.print(); }
    else { return; }
    event.preventDefault();
  }
  document.addEventListener("keydown", key);
  stage.addEventListener("click", function (event) { show(at + (event.clientX < window.innerWidth / 4 ? -1 : 1)); });
  window.addEventListener("resize", fit);
  window.addEventListener("hashchange", function () { show(parseInt(location.hash.slice(1), 10) - 1 || 0); });
  at = parseInt(location.hash.slice(1), 10) - 1 || 0;
  speak(language());
  fit();
})();
