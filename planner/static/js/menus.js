/* Closes an open menu when the reader goes elsewhere or presses Escape. Without it a menu closes by its own button. */

const MENUS = "details.more, details.account, details.nav-small";

function close(menu) {
  menu.open = false;
}

document.querySelectorAll(MENUS).forEach((menu) => {
  menu.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !menu.contains(event.relatedTarget)) close(menu);
  });
});

document.addEventListener("click", (event) => {
  document.querySelectorAll(MENUS).forEach((menu) => {
    if (menu.open && !menu.contains(event.target)) close(menu);
  });
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  document.querySelectorAll(MENUS).forEach((menu) => {
    if (!menu.open) return;
    const held = menu.contains(document.activeElement);
    close(menu);
    if (held) menu.querySelector("summary").focus();
  });
});
