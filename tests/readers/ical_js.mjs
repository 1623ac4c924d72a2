// Reads calendars with ical.js, one JSON string a line, and answers each with one line: the facts of its entries.
import { createInterface } from "node:readline";
import ICAL from "../vendor/ical.min.mjs";

function when(component, name) {
  const time = component.getFirstPropertyValue(name);
  if (!time) return null;
  return time.isDate ? time.toString() : new Date(time.toUnixTime() * 1000).toISOString().replace(".000Z", "+00:00");
}

function facts(text) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  return ["vevent", "vtodo"].flatMap((kind) =>
    calendar.getAllSubcomponents(kind).map((one) => [
      kind.toUpperCase(),
      one.getFirstPropertyValue("uid"),
      when(one, "dtstart"),
      when(one, kind === "vevent" ? "dtend" : "due"),
      one.getFirstPropertyValue("status"),
      one.getFirstPropertyValue("summary"),
    ]),
  );
}

for await (const line of createInterface({ input: process.stdin })) {
  let answer;
  try {
    answer = facts(JSON.parse(line));
  } catch (error) {
    answer = { error: String(error) };
  }
  console.log(JSON.stringify(answer));
}
