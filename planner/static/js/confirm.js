/* Asks before something is destroyed. Without it the button acts at once, and the server has the last word. */

function ask(button) {
  const dialog = document.createElement("dialog");
  dialog.className = "ask";
  const form = document.createElement("form");
  form.method = "dialog";
  const question = document.createElement("p");
  question.id = "ask-question";
  question.textContent = button.dataset.confirm;
  dialog.setAttribute("aria-labelledby", question.id);
  const acts = document.createElement("div");
  acts.className = "acts";
  const yes = document.createElement("button");
  yes.className = "btn btn-x";
  yes.value = "yes";
  yes.textContent = button.textContent;
  const no = document.createElement("button");
  no.className = "btn btn-2";
  no.value = "no";
  no.autofocus = true;
  no.textContent = button.dataset.no;
  acts.append(yes, no);
  form.append(question, acts);
  dialog.append(form);
  document.body.append(dialog);
  dialog.addEventListener("close", () => {
    dialog.remove();
    if (dialog.returnValue === "yes") {
      button.dataset.confirmed = "";
      button.form.requestSubmit(button);
      delete button.dataset.confirmed;
    } else {
      button.focus();
    }
  });
  dialog.showModal();
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-confirm]");
  if (!button || !button.form || "confirmed" in button.dataset) return;
  event.preventDefault();
  ask(button);
});
