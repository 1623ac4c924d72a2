/* Writes the reader's own hours under those of the venue, where the two differ. */

function offsetAt(instant, zone) {
  const parts = new Intl.DateTimeFormat("en", { timeZone: zone, timeZoneName: "longOffset" }).formatToParts(instant);
  return parts.find((part) => part.type === "timeZoneName").value;
}

function addOwnHours(time, ownZone, language) {
  const start = new Date(time.dateTime);
  if (Number.isNaN(start.getTime()) || offsetAt(start, time.dataset.zone) === offsetAt(start, ownZone)) return;
  const day = { weekday: "short", day: "numeric", month: "short" };
  const hours = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  const format = new Intl.DateTimeFormat(language, { ...day, ...hours, timeZone: ownZone });
  const end = time.dataset.end ? new Date(time.dataset.end) : null;
  const line = document.createElement("span");
  line.className = "own-zone";
  line.textContent = `${end ? format.formatRange(start, end) : format.format(start)}, ${time.dataset.own}, ${ownZone}`;
  time.closest("dd, td, li, p, div").append(line);
}

// The project writes English as in Geneva: the day before the month.
const language = document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang;
const ownZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
document.querySelectorAll("time[data-zone]").forEach((time) => {
  try {
    addOwnHours(time, ownZone, language);
  } catch {
    // A zone that this browser does not know: the venue's hours stand on the page anyway.
  }
});
