/* Adds a Copy button to every address of a feed. Without it the address can be selected by hand. */

const WORD_STAYS_MS = 2000;

function addButton(box) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn";
  const word = document.createElement("span");
  word.textContent = box.dataset.copy;
  word.setAttribute("aria-live", "polite");
  const about = document.createElement("span");
  about.className = "vh";
  about.textContent = ` ${box.dataset.about}`;
  button.append(word, about);
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(box.querySelector("code").textContent.trim());
    } catch {
      // The browser refuses (no secure context, no permission): select the text, so that the reader's own copy works.
      window.getSelection().selectAllChildren(box.querySelector("code"));
      return;
    }
    word.textContent = box.dataset.copied;
    setTimeout(() => { word.textContent = box.dataset.copy; }, WORD_STAYS_MS);
  });
  box.append(button);
}

document.querySelectorAll(".addr[data-copy]").forEach(addButton);
