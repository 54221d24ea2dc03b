// Reads a calendar (RFC 5545) and answers with a JSON object a line for each of its events, as ical.js understands it.
import { text } from 'node:stream/consumers';
import ICAL from 'ical.js';

const calendar = new ICAL.Component(ICAL.parse(await text(process.stdin)));
for (const event of calendar.getAllSubcomponents('vevent').map((component) => new ICAL.Event(component))) {
  console.log(JSON.stringify({
    uid: event.uid, start: event.startDate.toString(), end: event.endDate.toString(), isDay: event.startDate.isDate,
    summary: event.summary, description: event.description, url: event.component.getFirstPropertyValue('url'),
  }));
}
