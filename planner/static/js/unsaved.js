/* Warns before typed text is left behind. */

const changed = new Set();

document.querySelectorAll("form[data-guard]").forEach((form) => {
  form.addEventListener("input", () => changed.add(form));
  form.addEventListener("submit", () => changed.delete(form));
});

window.addEventListener("beforeunload", (event) => {
  if (changed.size > 0) event.preventDefault();
});
