// Writes invented histories, each odd in its own way: `node inputs.mjs FOLDER`. Equal bytes every time.
//
// FOLDER/<case>/ holds recordings and maybe a pain log; make.sh lets niggle report on each.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CALM, HOSTILE } from './hostile.mjs';

const COLUMNS = ['date', 'moment', 'site', 'side', 'pain', 'function', 'sleep_h', 'shoe', 'painkiller', 'notes'];
const DAY_S = 86_400;
const LAST_DAY = Date.UTC(2025, 9, 12, 7) / 1000;

const target = process.argv[2];
if (!target) {
  console.error('inputs.mjs FOLDER: writes invented histories');
  process.exit(2);
}

one_run('one-run');
three_weeks('three-weeks');
pain_only('pain-only');
pain_and_rides('pain-and-rides');
indoors('indoors');
bare('bare');
hostile('hostile', HOSTILE);
hostile('hostile-calm', CALM);
long_log('fifteen-years');
running_again('running-again');
year('year');

/** One run and nothing else. */
function one_run(name) {
  save(name, '2025-10-12.gpx', gpx({ start: LAST_DAY, km: 8, heart: true, height: true, cadence: true }));
}

/** Seven runs and a short log with one sore place. */
function three_weeks(name) {
  const random = randoms(3);
  const days = [20, 17, 13, 10, 6, 3, 0];
  days.forEach((ago, i) => {
    const km = 5 + i * 0.4 + random();
    save(name, `${date(ago)}.gpx`, gpx({ start: LAST_DAY - ago * DAY_S, km, heart: true, height: true, cadence: true }));
  });
  const rows = range(21).reverse().map(ago => (ago > 5 ? row(ago, { site: 'none', pain: 0 }) : row(ago, { site: 'kneecap', side: 'left', pain: 3 - Math.floor(ago / 2) })));
  save(name, 'pain_log.csv', log(rows));
}

/** Pain without a single recording. */
function pain_only(name) {
  const rows = range(60).reverse().map(ago => (ago % 3 || ago > 30 ? row(ago, { site: 'none', pain: 0 }) : row(ago, { site: 'achilles', side: 'right', pain: 2, moment: 'morning' })));
  save(name, 'pain_log.csv', log(rows));
}

/** A sore shin that ended the running, and the rides that are left. */
function pain_and_rides(name) {
  const random = randoms(4);
  for (let ago = 40; ago >= 0; ago -= 4) {
    const km = 12 + 8 * random();
    save(name, `${date(ago)}.gpx`, gpx({ start: LAST_DAY - ago * DAY_S, km, heart: true, height: true, sport: 'cycling', title: 'Ride' }));
  }
  const rows = range(45).reverse().map(ago => {
    if (ago > 20) return row(ago, { site: 'none', pain: 0, sleep_h: 7 });
    const pain = 4 + (ago % 3);
    return row(ago, { site: 'shin', side: 'left', pain, function: 'missed_run', sleep_h: 6 + (ago % 2), notes: ago % 4 ? '' : 'sore spot on the bone, woke me at night' });
  });
  save(name, 'pain_log.csv', log(rows));
}

/** A treadmill for half a year: distance and heart rate, no place and no height. */
function indoors(name) {
  const random = randoms(5);
  for (let ago = 180; ago >= 0; ago -= 3) {
    save(name, `${date(ago)}.tcx`, tcx({ start: LAST_DAY - ago * DAY_S, km: 6 + 4 * random(), heart: true, cadence: true }));
  }
  const rows = range(90).reverse().map(ago => (ago % 10 < 3 ? row(ago, { site: 'shin', side: 'left', pain: 1 + (ago % 3) }) : row(ago, { site: 'none', pain: 0 })));
  save(name, 'pain_log.csv', log(rows));
}

/** Two years of places and times alone: no heart rate, no cadence, no height, and no pain log. */
function bare(name) {
  const random = randoms(7);
  for (let ago = 730; ago >= 0; ago -= 4) {
    save(name, `${date(ago)}.gpx`, gpx({ start: LAST_DAY - ago * DAY_S, km: 5 + 8 * random(), step_s: 30 }));
  }
}

/** A year whose every name and note tries to be more than text. */
function hostile(name, texts) {
  const random = randoms(11);
  for (let ago = 365, i = 0; ago >= 0; ago -= 3, i += 1) {
    const km = 6 + 6 * random() + (i % 9 === 0 ? 9 : 0);
    const title = texts.titles[i % texts.titles.length];
    const file = i < texts.files.length ? texts.files[i] : date(ago);
    const run = { start: LAST_DAY - ago * DAY_S, km, heart: true, height: true, cadence: true, title, creator: texts.creator, step_s: 20 };
    save(name, `${file}.gpx`, gpx(run));
  }
  save(name, `${texts.broken}.gpx`, '<gpx><trk><name>cut off');
  const rows = range(200).reverse().map(ago => {
    const note = texts.notes[ago % texts.notes.length];
    const shoe = texts.shoes[ago % texts.shoes.length];
    if (ago > 24 && ago % 20 > 6) return row(ago, { site: 'none', pain: 0, shoe, notes: ago % 5 ? '' : note });
    const pain = ago > 24 ? 2 : 3 + (ago % 3);
    return row(ago, { moment: 'after', site: ago > 24 ? 'calf' : 'shin', side: 'right', pain, function: pain > 4 ? 'cut_short' : 'none', sleep_h: 7, painkiller: pain > 4 ? 'yes' : 'no', shoe, notes: note });
  });
  const odd = texts.places.map((site, i) => row(30 + i, { site, pain: 3, notes: texts.notes[i % texts.notes.length] }));
  save(name, 'pain_log.csv', log([...rows, ...odd]));
}

/** The log beside fifteen years of recordings, which the example make_big_history writes. */
function long_log(name) {
  const random = randoms(13);
  const places = ['kneecap', 'shin', 'achilles', 'calf', 'hip', 'plantar', 'hamstring', 'lower_back'];
  const last = Date.UTC(2015, 11, 31, 7) / 1000;
  const rows = [];
  for (let ago = 15 * 365; ago >= 0; ago -= 1) {
    if (random() < 0.3) continue;
    const spell = Math.floor(ago / 23);
    const is_sore = spell % 3 === 0;
    const site = is_sore ? places[spell % places.length] : 'none';
    const side = is_sore && site !== 'lower_back' ? (spell % 2 ? 'left' : 'right') : '';
    const notes = random() < 0.05 ? 'stiff at first, better later' : '';
    rows.push(row(ago, { site, side, pain: is_sore ? 1 + Math.floor(4 * random()) : 0, sleep_h: 6 + Math.floor(3 * random()), notes }, last));
  }
  save(name, 'pain_log.csv', log(rows));
}

/** Eight weeks back after a shin that took the runs of three, with two sore places, long notes and six others: as full as a sheet gets. */
function running_again(name) {
  const random = randoms(17);
  const runs = range(250).filter(ago => ago % 2 === 0 && (ago > 75 || ago <= 55));
  for (const ago of runs) {
    const km = (ago > 75 ? 9 : 4 + (55 - ago) / 14) + 2 * random();
    save(name, `${date(ago)}.gpx`, gpx({ start: LAST_DAY - ago * DAY_S, km, height: true, step_s: 30 }));
  }
  const note = 'sore along the inner edge for the first ten minutes, easier on grass, stiff again on the stairs in the evening and next morning';
  const rows = range(250).reverse().flatMap(ago => {
    if (ago > 55 && ago < 80) return [row(ago, { moment: 'during', site: 'shin', side: 'left', pain: 5 - (ago % 2), function: ago > 72 ? 'cut_short' : 'missed_run', notes: note })];
    if (ago <= 30) return [row(ago, { moment: ['morning', 'during', 'after'][ago % 3], site: 'shin', side: 'left', pain: 2 + (ago % 3), notes: note }), row(ago, { moment: 'after', site: 'achilles', side: 'right', pain: 3 + (ago % 2), notes: note })];
    return [row(ago, { site: 'none', pain: 0, sleep_h: 7 })];
  });
  const others = ['kneecap', 'calf', 'hip', 'plantar', 'hamstring', 'quad'].map((site, i) => row(100 + 14 * i, { site, side: 'left', pain: 3, notes: note }));
  save(name, 'pain_log.csv', log([...rows, ...others]));
}

/** Fifty-two weeks as full as weeks get: four runs with all that a watch knows, every day in the log, and a shin at the end. */
function year(name) {
  const random = randoms(19);
  for (let ago = 363; ago >= 0; ago -= 1) {
    if (![0, 2, 4, 6].includes(ago % 7)) continue;
    const long = ago % 7 === 0 ? 6 : 0;
    const km = 7 + long + 3 * random() + (ago % 91 === 0 ? 7 : 0);
    save(name, `${date(ago)}.gpx`, gpx({ start: LAST_DAY - ago * DAY_S, km, heart: true, height: true, cadence: true, step_s: 20 }));
  }
  const places = ['kneecap', 'calf', 'achilles', 'hip'];
  const notes = ['stiff on the stairs', 'gone after the first kilometre', 'there again downhill', ''];
  const rows = range(364).reverse().flatMap(ago => {
    const more = { sleep_h: 6 + Math.round(20 * random()) / 10, shoe: ago > 180 ? 'Blue Daily' : 'Green Daily' };
    if (ago <= 24) {
      const how = { function: ['none', 'changed_form', 'cut_short'][ago % 3], painkiller: ago % 8 ? 'no' : 'yes', notes: notes[ago % 4] };
      return [row(ago, { moment: 'during', site: 'shin', side: 'right', pain: 2 + (ago % 4), ...how, ...more })];
    }
    const spell = Math.floor(ago / 30);
    if (ago % 30 > 9) return [row(ago, { site: 'none', pain: 0, ...more })];
    return [row(ago, { site: places[spell % 4], side: spell % 2 ? 'left' : 'right', pain: 1 + Math.floor(3 * random()), notes: notes[ago % 4], ...more })];
  });
  save(name, 'pain_log.csv', log(rows));
}

/** An outing around a loop in an invented place, as GPX 1.1 with Garmin's extension. */
function gpx({ start, km, heart, height, cadence, title = 'Run', creator = 'Invented phone app', step_s = 10, sport = 'running' }) {
  const points = samples(km, step_s).map(({ t, metres }) => {
    const angle = metres / 700;
    const lat = (47 + 0.0063 * Math.sin(angle)).toFixed(6);
    const lon = (-30 + 0.0092 * Math.cos(angle)).toFixed(6);
    const ele = height ? `<ele>${(40 + 25 * Math.sin(metres / 900)).toFixed(1)}</ele>` : '';
    const hr = heart ? `<gpxtpx:hr>${pulse(metres)}</gpxtpx:hr>` : '';
    const cad = cadence ? `<gpxtpx:cad>${steps(metres)}</gpxtpx:cad>` : '';
    const more = hr || cad ? `<extensions><gpxtpx:TrackPointExtension>${hr}${cad}</gpxtpx:TrackPointExtension></extensions>` : '';
    return `<trkpt lat="${lat}" lon="${lon}">${ele}<time>${utc(start + t)}</time>${more}</trkpt>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>
<gpx version="1.1" creator="${escaped(creator)}" xmlns="http://www.topografix.com/GPX/1/1" xmlns:gpxtpx="http://www.garmin.com/xmlschemas/TrackPointExtension/v1">
<trk><name>${escaped(title)}</name><type>${sport}</type><trkseg>
${points.join('\n')}
</trkseg></trk></gpx>
`;
}

/** A run without a place, as TCX. */
function tcx({ start, km, heart, cadence }) {
  const all = samples(km, 10);
  const points = all.map(({ t, metres }) => {
    const hr = heart ? `<HeartRateBpm><Value>${pulse(metres)}</Value></HeartRateBpm>` : '';
    const cad = cadence ? `<Extensions><ns3:TPX><ns3:RunCadence>${steps(metres)}</ns3:RunCadence></ns3:TPX></Extensions>` : '';
    return `<Trackpoint><Time>${utc(start + t)}</Time><DistanceMeters>${metres.toFixed(1)}</DistanceMeters>${hr}${cad}</Trackpoint>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>
<TrainingCenterDatabase xmlns="http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2" xmlns:ns3="http://www.garmin.com/xmlschemas/ActivityExtension/v2">
<Activities><Activity Sport="Running"><Id>${utc(start)}</Id><Lap StartTime="${utc(start)}">
<TotalTimeSeconds>${all.at(-1).t}</TotalTimeSeconds><DistanceMeters>${(km * 1000).toFixed(1)}</DistanceMeters><Calories>0</Calories><Intensity>Active</Intensity><TriggerMethod>Manual</TriggerMethod>
<Track>
${points.join('\n')}
</Track></Lap></Activity></Activities></TrainingCenterDatabase>
`;
}

/** Seconds and metres since the start, at a pace that changes a little. */
function samples(km, step_s) {
  const all = [{ t: 0, metres: 0 }];
  while (all.at(-1).metres < km * 1000) {
    const { t, metres } = all.at(-1);
    all.push({ t: t + step_s, metres: metres + step_s * (2.9 + 0.3 * Math.sin(t / 300)) });
  }
  return all;
}

function pulse(metres) {
  return Math.round(140 + 12 * Math.sin(metres / 800));
}

/** Steps of one leg in a minute, as both formats have it. */
function steps(metres) {
  return Math.round(84 + 2 * Math.sin(metres / 500));
}

function row(ago, cells, last = LAST_DAY) {
  return { moment: 'evening', ...cells, date: date(ago, last) };
}

function log(rows) {
  const cell = value => (/[",\n\r;]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
  const line = one => COLUMNS.map(name => cell(String(one[name] ?? ''))).join(',');
  return [COLUMNS.join(','), ...rows.map(line), ''].join('\n');
}

function date(ago, last = LAST_DAY) {
  return new Date((last - ago * DAY_S) * 1000).toISOString().slice(0, 10);
}

function utc(seconds) {
  return new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
}

/** Text for XML, whose characters exclude most controls. */
function escaped(text) {
  const allowed = text.replace(/[\0-\x08\x0B\x0C\x0E-\x1F]/g, '');
  return allowed.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

function range(n) {
  return [...Array(n).keys()];
}

/** Numbers from 0 to 1 that are the same every time (mulberry32). */
function randoms(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

function save(name, file, text) {
  mkdirSync(join(target, name), { recursive: true });
  writeFileSync(join(target, name, file), text);
}
