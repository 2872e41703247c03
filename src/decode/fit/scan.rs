//! The framing walk: from message to message, keeping where the records are and reading the few other wanted messages.
//!
//! In a file whose checksum is right this is a plain walk. Elsewhere every wanted message must be believable (its time
//! near the last record's, not all zeros or ones), and after damage the walk goes on only at a plausible definition or
//! at two records with close times: going on without such a gate invents records ([`crate::method::limits`], Salvage).

use super::messages::Messages;
use super::plan::{Layout, Plan, RecordPlan, Role, is_wanted_of_record};
use super::profile::{FILE_ACTIVITY, message};
use super::value::BaseType;
use std::ops::Range;

/// Records of one file at most (the most seen is 99,998).
pub(super) const MOST_RECORDS: usize = 1_000_000;
/// Messages of one file at most.
pub(super) const MOST_MESSAGES: usize = 2_000_000;

/// In a damaged file a record's time may lie this far from the last one's, s.
const STEP_BACK_S: u32 = 5;
const STEP_ON_S: u32 = 7_200;
/// Two records in a row with times this close vouch for each other, s.
const CLOSE_S: u32 = 120;
/// In a damaged file a session's, lap's or event's time may lie this far from the last record's, s.
const SUMMARY_WINDOW_S: u32 = 2 * 86_400;
/// A recording may be paused this long before its last records, s.
const LONGEST_PAUSE_S: u32 = 30 * 86_400;
/// How far before a bad message the definition is looked for that it may have come to be bad by, bytes.
const SWALLOWED_BYTES_MAX: usize = 512;
/// How many messages to look ahead for the second record.
const LOOK_AHEAD: usize = 8;
/// The time of a message that has none.
pub(super) const NO_TIME: u32 = u32::MAX;

/// What the walk over one sequence found.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Scan {
    /// Where the records are.
    pub rows: Rows,
    /// The other messages.
    pub messages: Messages,
    /// Bytes that made no message.
    pub damage: Damage,
    /// Where a message runs past the end of the data.
    pub cut_at: Option<usize>,
    /// How the walk ended.
    pub stop: Option<Stop>,
    /// Messages seen, definitions included.
    pub message_count: usize,
    /// Record fields that cannot be read as declared, and where the first such definition is.
    pub unreadable: Option<(usize, u32)>,
    /// Compressed times were counted from the file's creation for want of a record with a whole time.
    pub anchored_on_creation: bool,
}

/// The records: payload positions and times, with runs of records that share a plan.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Rows {
    /// Payload position of each record.
    pub starts: Vec<u32>,
    /// FIT seconds of each record, [`NO_TIME`] when absent.
    pub times: Vec<u32>,
    /// Plan and number of records, in file order.
    pub runs: Vec<(u32, u32)>,
    /// The plans that runs refer to.
    pub plans: Vec<RecordPlan>,
    /// Whether some byte among them is known to be wrong: the checksum is, or there was damage.
    pub is_damaged: bool,
}

/// Bytes that make no message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Damage {
    /// In how many places.
    pub places: u32,
    /// How many bytes.
    pub bytes: usize,
    /// Where the first are.
    pub first_at: usize,
}

/// Why a walk ended before the data did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stop {
    /// `file_id` says it is no activity.
    OtherKind(u8),
    /// Too many records or messages.
    TooMany,
}

/// Walks the messages in `data`. `is_sealed` says that the checksum was right; `spent` messages were read in earlier parts.
pub(super) fn scan(bytes: &[u8], data: Range<usize>, is_sealed: bool, spent: Spent) -> Scan {
    let mut walk = Walk {
        bytes,
        end: data.end,
        is_careful: !is_sealed,
        locals: std::array::from_fn(|_| None),
        strides: [Stride::default(); 16],
        reference: NO_TIME,
        is_creation_reference: false,
        last_record: NO_TIME,
        believed_to: data.start,
        most_records: MOST_RECORDS.saturating_sub(spent.records),
        most_messages: MOST_MESSAGES.saturating_sub(spent.messages),
        found: Scan::default(),
    };
    walk.run(data.start);
    walk.found
}

/// What earlier parts of the same file used up of the limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Spent {
    /// Records.
    pub records: usize,
    /// Messages.
    pub messages: usize,
}

struct Walk<'a> {
    bytes: &'a [u8],
    end: usize,
    is_careful: bool,
    locals: [Option<Local>; 16],
    /// The local types whose messages [`Walk::stride`] may take.
    strides: [Stride; 16],
    /// The last whole timestamp of any message; compressed times count from it.
    reference: u32,
    /// Whether that is only the file's creation time.
    is_creation_reference: bool,
    /// The last record's time, for the gate.
    last_record: u32,
    /// Where the last definition or believable record ends: what lies behind it may have been read out of step.
    believed_to: usize,
    most_records: usize,
    most_messages: usize,
    found: Scan,
}

/// A local message type: its plan, and the index of its record plan once a record used it.
struct Local {
    plan: Plan,
    record_plan: Option<u32>,
}

/// What the fast walk must know about a local type's messages.
#[derive(Clone, Copy, Default)]
struct Stride {
    /// Bytes from this message to the next, the header included; 0 when every message needs the whole walk.
    length: u32,
    /// Where in the message a time stands that has the least significant byte first; 0 when there is none.
    time_at: u32,
    /// The record plan, if these are records.
    record_plan: Option<u32>,
}

/// What became of one message.
enum Step {
    To(usize),
    Cut,
    Lost,
    Stop(Stop),
}

impl Walk<'_> {
    fn run(&mut self, start: usize) {
        let mut at = start;
        loop {
            if !self.is_careful {
                at = self.stride(at);
            }
            if at >= self.end {
                return;
            }
            self.found.message_count += 1;
            let step = if self.found.message_count > self.most_messages {
                Step::Stop(Stop::TooMany)
            } else {
                self.step(at)
            };
            at = match step {
                Step::To(next) => next,
                Step::Cut if !self.is_careful => return self.found.cut_at = Some(at),
                // Perhaps only a checksum whose place nobody knew.
                Step::Cut | Step::Lost if self.is_careful && self.end - at <= 2 => {
                    return self.found.cut_at = Some(at);
                }
                Step::Cut => match self.resync(at) {
                    Some(next) => next,
                    None => return self.found.cut_at = Some(at),
                },
                Step::Lost => match self.lost(at) {
                    Some(next) => next,
                    None => return,
                },
                Step::Stop(stop) => return self.found.stop = Some(stop),
            };
        }
    }

    /// Passes the plain data messages from `at` on, most of a sealed file, with as little work as each needs; where it
    /// ends, the next message needs more.
    fn stride(&mut self, mut at: usize) -> usize {
        let Some(data) = self.bytes.get(..self.end) else {
            return at;
        };
        let rows = &mut self.found.rows;
        let messages_left = self.most_messages.saturating_sub(self.found.message_count);
        let most = messages_left.min(self.most_records.saturating_sub(rows.starts.len()));
        let mut passed = Passed::default();
        while let Some(header) = data.get(at).filter(|header| **header < 0x40) {
            let stride = self.strides[usize::from(header & 0x0F)];
            let next = at + stride.length as usize;
            if next > data.len() || next == at || passed.messages == most {
                break;
            }
            if data.get(next) != Some(header) {
                // Alone between others.
                passed.one(rows, stride, data, at);
                at = next;
                continue;
            }
            let count = stride.count(data, at, *header, most - passed.messages);
            passed.several(rows, stride, data, at, count);
            at += count * stride.length as usize;
        }
        self.take(passed);
        at
    }

    fn take(&mut self, passed: Passed) {
        self.found.message_count += passed.messages;
        self.is_creation_reference &= passed.any_time == NO_TIME;
        self.reference = known_or(passed.any_time, self.reference);
        self.last_record = known_or(passed.record_time, self.last_record);
    }

    /// Goes on behind damage; None when nothing more can be believed.
    fn lost(&mut self, at: usize) -> Option<usize> {
        self.is_careful = true;
        let next = self.resync(at);
        if next.is_none() {
            self.add_damage(at, self.end);
        }
        next
    }

    fn add_damage(&mut self, from: usize, to: usize) {
        let damage = &mut self.found.damage;
        if damage.places == 0 {
            damage.first_at = from;
        }
        damage.places += 1;
        damage.bytes += to - from;
    }

    fn step(&mut self, at: usize) -> Step {
        let header = self.bytes[at];
        let (number, low) = split_header(header);
        if is_definition(header) {
            self.definition(at, number)
        } else {
            self.data(at, number, low)
        }
    }

    fn definition(&mut self, at: usize, number: usize) -> Step {
        let Some(layout) = self.layout(at) else {
            return Step::Cut;
        };
        if self.is_careful && !self.is_believable_definition(at, &layout) {
            return Step::Lost;
        }
        let known = self.plan(number).map(|plan| plan.source.clone());
        let is_repeat =
            known.is_some_and(|known| self.bytes[known] == self.bytes[layout.source.clone()]);
        if !is_repeat {
            let Some(mut plan) = Plan::parse(self.bytes, at, self.end) else {
                return Step::Cut;
            };
            plan.develop(self.bytes, &self.found.messages.developer_fields);
            self.note_unreadable(at, plan.unreadable);
            self.define(number, plan);
        }
        self.believed_to = layout.source.end;
        Step::To(layout.source.end)
    }

    /// A type that nobody knows is passed over by its size, if what follows is in step with it.
    fn is_believable_definition(&self, at: usize, layout: &Layout) -> bool {
        if !is_readable_definition(self.bytes, layout) {
            return false;
        }
        if unknown_types(self.bytes, layout) == 0 {
            return true;
        }
        match self.look_ahead(at) {
            Ahead {
                times: [Some(time), _],
                ..
            } => self.anchor() == NO_TIME || is_step(self.anchor(), time),
            ahead => ahead.is_end || ahead.is_in_step,
        }
    }

    fn note_unreadable(&mut self, at: usize, fields: u32) {
        if fields > 0 {
            let (first, count) = self.found.unreadable.unwrap_or((at, 0));
            self.found.unreadable = Some((first, count.saturating_add(fields)));
        }
    }

    fn define(&mut self, number: usize, plan: Plan) {
        self.strides[number] = if plan.role == Role::Unwanted {
            Stride::of(&plan, None)
        } else {
            Stride::default()
        };
        self.locals[number] = Some(Local {
            plan,
            record_plan: None,
        });
    }

    #[inline]
    fn data(&mut self, at: usize, number: usize, compressed: Option<u32>) -> Step {
        let Some(Local { plan, .. }) = &self.locals[number] else {
            return Step::Lost;
        };
        let (start, next, role) = (at + 1, at + 1 + plan.size, plan.role);
        if next > self.end {
            return Step::Cut;
        }
        if plan.size == 0 && compressed.is_none() {
            return Step::To(next);
        }
        let time = match compressed {
            Some(low) => decompressed(self.reference, low),
            None => time_of(self.bytes, plan, start),
        };
        // A message may say its time once: two of them are the mark of bytes read out of step.
        let is_contradiction = compressed.is_some() && plan.time.is_some();
        if self.is_careful
            && role != Role::Unwanted
            && (is_contradiction || !self.is_believable(at, number, time))
        {
            return Step::Lost;
        }
        if time != NO_TIME {
            self.found.anchored_on_creation |= compressed.is_some() && self.is_creation_reference;
            self.is_creation_reference &= compressed.is_some();
            self.reference = time;
        }
        match role {
            Role::Record => self.record(number, start, time, next),
            Role::Other => self.other(number, start, next),
            Role::Unwanted => Step::To(next),
        }
    }

    #[inline]
    fn record(&mut self, number: usize, start: usize, time: u32, next: usize) -> Step {
        let rows = &mut self.found.rows;
        if rows.starts.len() >= self.most_records {
            return Step::Stop(Stop::TooMany);
        }
        let Some(local) = &mut self.locals[number] else {
            return Step::Lost;
        };
        let plan = *local.record_plan.get_or_insert_with(|| {
            rows.plans.push(local.plan.record.every(next + 1 - start));
            rows.reserve(
                self.most_records
                    .min((self.end - start) / next.saturating_sub(start).max(1)),
            );
            (rows.plans.len() - 1) as u32
        });
        self.strides[number] = Stride::of(&local.plan, Some(plan));
        rows.push(plan, start, time);
        self.last_record = known_or(time, self.last_record);
        self.believed_to = next;
        Step::To(next)
    }

    fn other(&mut self, number: usize, start: usize, next: usize) -> Step {
        let Some(local) = &self.locals[number] else {
            return Step::Lost;
        };
        self.found
            .messages
            .read(&local.plan, &self.bytes[start..next]);
        if local.plan.global != message::FILE_ID {
            return Step::To(next);
        }
        let Some(file) = &self.found.messages.file else {
            return Step::To(next);
        };
        let kind = file.kind;
        self.count_from(file.created);
        match kind {
            // A kind that the profile does not have is damage where there may be some.
            Some(kind) if kind != FILE_ACTIVITY && (!self.is_careful || is_profile_kind(kind)) => {
                Step::Stop(Stop::OtherKind(kind))
            }
            _ => Step::To(next),
        }
    }

    /// Compressed times count from the file's creation while nothing better is known.
    fn count_from(&mut self, created: Option<u32>) {
        if self.reference == NO_TIME
            && let Some(created) = created
        {
            self.reference = created;
            self.is_creation_reference = true;
        }
    }

    /// The gate for damaged files: not all zeros or ones, and at a believable time.
    fn is_believable(&self, at: usize, number: usize, time: u32) -> bool {
        let Some(Local { plan, .. }) = &self.locals[number] else {
            return false;
        };
        if is_blank(&self.bytes[at + 1..at + 1 + plan.size]) {
            return false;
        }
        match plan.role {
            _ if time == NO_TIME || self.anchor() == NO_TIME => true,
            Role::Record => is_step(self.anchor(), time) || self.is_confirmed_jump(at, time),
            // Before the first record nothing is known: a file may have been created on another day.
            _ => self.last_record == NO_TIME || self.last_record.abs_diff(time) <= SUMMARY_WINDOW_S,
        }
    }

    /// What times are held against: the last record's, before the first record any other message's.
    fn anchor(&self) -> u32 {
        if self.last_record == NO_TIME {
            self.reference
        } else {
            self.last_record
        }
    }

    /// A watch that was paused for a day jumps in time, too; then the next two records are close to this one. At the very
    /// end of the data there may be none, and a jump forward is believed.
    fn is_confirmed_jump(&self, at: usize, time: u32) -> bool {
        let is_end_believed = time > self.anchor() && time - self.anchor() < LONGEST_PAUSE_S;
        match self.look_ahead(at) {
            Ahead {
                times: [Some(first), _],
                ..
            } if !is_close(time, first) => false,
            Ahead {
                times: [Some(first), Some(second)],
                ..
            } => is_close(first, second),
            Ahead { is_end, .. } => is_end && is_end_believed,
        }
    }

    /// The next two timed records after the message at `at`; definitions on the way count.
    fn look_ahead(&self, mut at: usize) -> Ahead {
        let (mut ahead, mut reference, mut defined) = (Ahead::default(), NO_TIME, Vec::new());
        for index in 0..=LOOK_AHEAD {
            if at >= self.end {
                return ahead.ended();
            }
            let (number, low) = split_header(self.bytes[at]);
            if is_definition(self.bytes[at]) {
                let Some(plan) = self.readable_plan(at) else {
                    return ahead;
                };
                at = plan.source.end;
                defined.push((number, plan));
                continue;
            }
            let Some(plan) = self.plan_among(&defined, number) else {
                return ahead;
            };
            let Some(payload) = self.bytes[..self.end].get(at + 1..at + 1 + plan.size) else {
                return ahead.ended();
            };
            let whole = time_of(self.bytes, plan, at + 1);
            let time = low.map_or(whole, |low| decompressed(reference, low));
            // A run of blanks reads as records without end and would vouch for whatever stands before it.
            if index > 0 && is_blank(payload) {
                return ahead;
            }
            if index > 0 && plan.role == Role::Record && time != NO_TIME && ahead.add(time) {
                return ahead;
            }
            reference = known_or(time, reference);
            at += 1 + plan.size;
        }
        ahead.is_in_step = true;
        ahead
    }

    /// The plan of a local type, when these were defined since.
    fn plan_among<'p>(&'p self, defined: &'p [(usize, Plan)], number: usize) -> Option<&'p Plan> {
        let is_it = |(local, _): &&(usize, Plan)| *local == number;
        match defined.iter().rfind(is_it) {
            Some((_, plan)) => Some(plan),
            None => self.plan(number),
        }
    }

    fn plan(&self, number: usize) -> Option<&Plan> {
        self.locals[number].as_ref().map(|local| &local.plan)
    }

    fn layout(&self, at: usize) -> Option<Layout> {
        Layout::parse(self.bytes, at, self.end)
    }

    fn readable_plan(&self, at: usize) -> Option<Plan> {
        let layout = self.layout(at)?;
        is_readable_definition(self.bytes, &layout)
            .then(|| Plan::parse(self.bytes, at, self.end))
            .flatten()
    }

    /// Where the walk can go on after the bad message at `at`: behind it if its length was right, else at the first byte
    /// that begins a plausible definition or a record that the next one vouches for.
    fn resync(&mut self, at: usize) -> Option<usize> {
        let behind = self.message_end(at).filter(|next| self.is_restart(*next));
        let next = behind
            .or_else(|| self.swallowed(at))
            .or_else(|| (at + 1..self.end).find(|candidate| self.is_restart(*candidate)))?;
        self.add_damage(at.min(next), next.max(at));
        Some(next)
    }

    /// A definition before `at` that records follow: a message whose size was wrong took it for a part of its own.
    fn swallowed(&self, at: usize) -> Option<usize> {
        let leads_to_records = |candidate: &usize| {
            is_definition(self.bytes[*candidate])
                && self.is_definition_restart(*candidate)
                && self.look_ahead(*candidate).times[0].is_some()
        };
        let from = self.believed_to.max(at.saturating_sub(SWALLOWED_BYTES_MAX));
        (from..at).find(leads_to_records)
    }

    fn message_end(&self, at: usize) -> Option<usize> {
        let header = self.bytes[at];
        let plan = self.plan(split_header(header).0)?;
        let next = at + 1 + plan.size;
        (!is_definition(header) && next < self.end).then_some(next)
    }

    /// A plausible definition behind which records go on at a believable time, or the data end.
    fn is_definition_restart(&self, at: usize) -> bool {
        let Some(layout) = self.layout(at) else {
            return false;
        };
        if !is_plausible_definition(self.bytes, &layout) {
            return false;
        }
        match self.look_ahead(at) {
            Ahead {
                times: [Some(time), _],
                ..
            } => self.anchor() == NO_TIME || is_step(self.anchor(), time),
            Ahead { is_end, .. } => is_end,
        }
    }

    fn is_restart(&self, at: usize) -> bool {
        let header = self.bytes[at];
        if is_definition(header) {
            return self.is_definition_restart(at);
        }
        let (number, low) = split_header(header);
        match self.plan(number) {
            Some(plan) if plan.role == Role::Record && low.is_none() => {
                self.is_record_restart(at, plan)
            }
            _ => false,
        }
    }

    /// A record at a believable time, which the next one vouches for; of the last one it is that its messages lead to the end of the data.
    fn is_record_restart(&self, at: usize, plan: &Plan) -> bool {
        if plan.size == 0 || at + 1 + plan.size > self.end {
            return false;
        }
        let time = time_of(self.bytes, plan, at + 1);
        let is_first_believable = self.anchor() == NO_TIME
            || is_step(self.anchor(), time)
            || self.last_record == NO_TIME && self.is_confirmed_jump(at, time);
        let ahead = self.look_ahead(at);
        let is_last = ahead.is_end && self.anchor() != NO_TIME && is_close(self.anchor(), time);
        time != NO_TIME
            && is_first_believable
            && ahead.times[0].map_or(is_last, |next| is_close(time, next))
    }
}

/// What the fast walk passed.
struct Passed {
    messages: usize,
    /// The last time of any of them, and of the records.
    any_time: u32,
    record_time: u32,
}

impl Default for Passed {
    fn default() -> Self {
        Passed {
            messages: 0,
            any_time: NO_TIME,
            record_time: NO_TIME,
        }
    }
}

impl Passed {
    #[inline(always)]
    fn one(&mut self, rows: &mut Rows, stride: Stride, data: &[u8], at: usize) {
        let time = stride.time(data, at);
        if let Some(plan) = stride.record_plan {
            rows.push(plan, at + 1, time);
        }
        self.add(1, time, stride);
    }

    /// Messages that follow each other.
    #[inline(always)]
    fn several(&mut self, rows: &mut Rows, stride: Stride, data: &[u8], at: usize, count: usize) {
        let starts = (0..count).map(|index| at + index * stride.length as usize);
        let times = starts.clone().map(|start| stride.time(data, start));
        self.add(count, stride.last_time(times.clone()), stride);
        if let Some(plan) = stride.record_plan {
            rows.starts.extend(starts.map(|start| start as u32 + 1));
            rows.times.extend(times);
            rows.add_run(plan, count as u32);
        }
    }

    #[inline(always)]
    fn add(&mut self, count: usize, time: u32, stride: Stride) {
        self.messages += count;
        self.any_time = known_or(time, self.any_time);
        if stride.record_plan.is_some() {
            self.record_time = known_or(time, self.record_time);
        }
    }
}

#[inline(always)]
fn known_or(time: u32, before: u32) -> u32 {
    if time == NO_TIME { before } else { time }
}

impl Stride {
    /// Messages without payload and times with the most significant byte first are rare enough for the whole walk.
    fn of(plan: &Plan, record_plan: Option<u32>) -> Stride {
        if plan.size == 0 || plan.time.is_some_and(|time| time.big_endian) {
            return Stride::default();
        }
        let time_at = plan.time.map_or(0, |time| u32::from(time.offset) + 1);
        Stride {
            length: plan.size as u32 + 1,
            time_at,
            record_plan,
        }
    }

    /// How many whole messages with this header follow each other from `at` on, at most so many.
    #[inline(always)]
    fn count(self, data: &[u8], at: usize, header: u8, most: usize) -> usize {
        let length = self.length as usize;
        if length == 0 || at + length > data.len() || most == 0 {
            return 0;
        }
        let (mut next, mut count) = (at + length, 1);
        while data.get(next) == Some(&header) && next + length <= data.len() && count < most {
            (next, count) = (next + length, count + 1);
        }
        count
    }

    /// The last time that is known of some messages.
    #[inline(always)]
    fn last_time(self, times: impl DoubleEndedIterator<Item = u32>) -> u32 {
        if self.time_at == 0 {
            return NO_TIME;
        }
        times.rev().find(|time| *time != NO_TIME).unwrap_or(NO_TIME)
    }

    /// The time of the message that begins here.
    #[inline(always)]
    fn time(self, data: &[u8], start: usize) -> u32 {
        let time_at = self.time_at as usize;
        if time_at == 0 {
            NO_TIME
        } else {
            little_u32(data, start + time_at).unwrap_or(NO_TIME)
        }
    }
}

impl Rows {
    #[inline(always)]
    fn push(&mut self, plan: u32, start: usize, time: u32) {
        self.starts.push(start as u32);
        self.times.push(time);
        self.add_run(plan, 1);
    }

    /// Adds `count` records of a plan to the runs.
    fn add_run(&mut self, plan: u32, count: u32) {
        match self.runs.last_mut() {
            _ if count == 0 => (),
            Some(run) if run.0 == plan => run.1 += count,
            _ => self.runs.push((plan, count)),
        }
    }

    fn reserve(&mut self, more: usize) {
        self.starts.reserve(more);
        self.times.reserve(more);
    }
}

/// What follows a message.
#[derive(Default)]
struct Ahead {
    /// Times of the next two timed records, as far as they could be found.
    times: [Option<u32>; 2],
    /// Whether the data end before more could be found.
    is_end: bool,
    /// Whether all the messages that were looked at follow each other as defined.
    is_in_step: bool,
}

impl Ahead {
    fn ended(mut self) -> Self {
        self.is_end = true;
        self
    }

    /// Takes in a record's time; whether that was the second.
    fn add(&mut self, time: u32) -> bool {
        let [first, second] = &mut self.times;
        if first.is_none() {
            *first = Some(time)
        } else {
            *second = Some(time)
        }
        second.is_some()
    }
}

/// The kinds of file that the profile names, an activity aside.
fn is_profile_kind(kind: u8) -> bool {
    matches!(kind, 1..=3 | 5..=7 | 9..=11 | 14 | 15 | 20 | 28 | 32 | 34 | 35 | 40 | 49)
}

#[inline]
fn is_definition(header: u8) -> bool {
    header & 0xC0 == 0x40
}

/// Local type, and the low five bits of a compressed time.
#[inline]
fn split_header(header: u8) -> (usize, Option<u32>) {
    if header & 0x80 != 0 {
        (usize::from(header >> 5 & 3), Some(u32::from(header & 0x1F)))
    } else {
        (usize::from(header & 0x0F), None)
    }
}

#[inline]
fn time_of(bytes: &[u8], plan: &Plan, start: usize) -> u32 {
    let Some(cell) = plan.time else {
        return NO_TIME;
    };
    let at = start + usize::from(cell.offset);
    let Some(time) = little_u32(bytes, at) else {
        return NO_TIME;
    };
    if cell.big_endian {
        time.swap_bytes()
    } else {
        time
    }
}

#[inline]
fn little_u32(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(*bytes.get(at..at + 4)?.first_chunk()?))
}

/// FIT: the five low bits replace those of the last time, and roll over at most once.
fn decompressed(reference: u32, low: u32) -> u32 {
    if reference == NO_TIME {
        return NO_TIME;
    }
    reference.wrapping_add(low.wrapping_sub(reference) & 0x1F)
}

/// All zeros or all ones: what a lost block of flash memory reads as.
fn is_blank(payload: &[u8]) -> bool {
    payload.len() > 4
        && (payload.iter().all(|byte| *byte == 0) || payload.iter().all(|byte| *byte == 0xFF))
}

fn is_step(last: u32, time: u32) -> bool {
    time != NO_TIME
        && time >= last.saturating_sub(STEP_BACK_S)
        && time <= last.saturating_add(STEP_ON_S)
}

fn is_close(first: u32, second: u32) -> bool {
    second >= first.saturating_sub(STEP_BACK_S) && second <= first.saturating_add(CLOSE_S)
}

/// Byte order 0 or 1 and mostly known base types, of the others at least the bits that mean nothing clear and none of a field that
/// is wanted, where a flipped bit is likelier: less cannot be a definition.
fn is_readable_definition(bytes: &[u8], layout: &Layout) -> bool {
    bytes[layout.source.start + 2] <= 1
        && 2 * unknown_types(bytes, layout) <= layout.fields(bytes).count()
        && layout.fields(bytes).all(|[number, _, base]| {
            let is_wanted = layout.global == message::RECORD && is_wanted_of_record(number);
            base & 0x60 == 0 && !(is_wanted && BaseType::from_byte(base).is_none())
        })
}

/// Fields whose base type is not in the list: their size is given all the same.
fn unknown_types(bytes: &[u8], layout: &Layout) -> usize {
    let is_unknown = |[_, _, base]: &[u8; 3]| BaseType::from_byte(*base).is_none();
    layout.fields(bytes).filter(is_unknown).count()
}

/// A definition to restart from: of a message niggle knows the like of, every field of a whole size, none twice.
fn is_plausible_definition(bytes: &[u8], layout: &Layout) -> bool {
    let mut seen = [false; 256];
    let head = &bytes[layout.source.clone()];
    head[0] & 0x10 == 0
        && head[1] == 0
        && head[2] <= 1
        && head[5] > 0
        && unknown_types(bytes, layout) <= 1
        && (layout.global < 0x0200 || layout.global >= 0xFF00)
        && layout.fields(bytes).all(|[number, size, base]| {
            is_plausible_field(size, base)
                && !std::mem::replace(&mut seen[usize::from(number)], true)
        })
}

fn is_plausible_field(size: u8, base: u8) -> bool {
    let fits = |base: BaseType| usize::from(size).is_multiple_of(base.width());
    size > 0 && base & 0x60 == 0 && BaseType::from_byte(base).is_none_or(fits)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Records of timestamp and heart rate, local type 0.
    const DEFINITION: &[u8] = &[0x40, 0, 0, 20, 0, 2, 253, 4, 0x86, 3, 1, 2];

    fn record(time: u32) -> Vec<u8> {
        [&[0][..], &time.to_le_bytes(), &[140]].concat()
    }

    fn check(parts: &[&[u8]], is_sealed: bool) -> Scan {
        let bytes = parts.concat();
        scan(&bytes, 0..bytes.len(), is_sealed, Spent::default())
    }

    #[test]
    fn a_sealed_file_is_believed_as_it_is() {
        let found = check(
            &[
                DEFINITION,
                &record(1_000_000),
                &record(5),
                &record(9_000_000),
            ],
            true,
        );
        assert_eq!(found.rows.times, [1_000_000, 5, 9_000_000]);
        assert_eq!(found.damage.places, 0);
    }

    #[test]
    fn without_a_seal_a_lone_jump_is_damage_and_a_lasting_one_is_a_pause() {
        let seconds = |range: Range<u32>| range.flat_map(record).collect::<Vec<u8>>();
        let lone = check(
            &[
                DEFINITION,
                &seconds(100..103),
                &record(5_000_000),
                &seconds(104..107),
            ],
            false,
        );
        assert_eq!(lone.rows.times, [100, 101, 102, 104, 105, 106]);
        assert_eq!((lone.damage.places, lone.damage.bytes), (1, 6));
        let pause = check(
            &[DEFINITION, &seconds(100..103), &seconds(90_000..90_003)],
            false,
        );
        assert_eq!(pause.rows.times, [100, 101, 102, 90_000, 90_001, 90_002]);
    }

    #[test]
    fn an_unknown_type_is_passed_over_by_its_size() {
        // Field 200 of three bytes has a base type that is in no list.
        let definition = [0x40, 0, 0, 20, 0, 3, 253, 4, 0x86, 200, 3, 0x1C, 3, 1, 2];
        let records: Vec<u8> = (100..110u32)
            .flat_map(|time| [&[0][..], &time.to_le_bytes(), &[1, 2, 3, 140]].concat())
            .collect();
        for is_sealed in [true, false] {
            let found = check(&[&definition, &records], is_sealed);
            assert_eq!((found.rows.times.len(), found.damage.places), (10, 0));
        }
        // Out of step with what follows, it is no definition.
        let found = check(&[&definition, &records[1..]], false);
        assert!(found.damage.places > 0);
    }

    #[test]
    fn compressed_times_roll_over_after_32_s() {
        // 0x80 | local 0 << 5 | low five bits: 30 (100 is 3 * 32 + 4, so 126), then 1 (129).
        let plain = [0x41, 0, 0, 20, 0, 1, 3, 1, 2];
        let compressed = [0xA0 | 30, 140, 0xA0 | 1, 141];
        let found = check(&[DEFINITION, &record(100), &plain, &compressed], true);
        assert_eq!(found.rows.times, [100, 126, 129]);
    }

    #[test]
    fn the_lean_walk_and_the_careful_one_find_the_same() {
        // An unwanted message (160) tells the time that the compressed record (local 2, low bits 7) counts from: 133 is
        // 4 * 32 + 5, so 135. Records change between two plans.
        let unwanted = [0x41, 0, 0, 160, 0, 1, 253, 4, 0x86];
        let plain = [0x42, 0, 0, 20, 0, 1, 3, 1, 2];
        let parts = [
            [DEFINITION, &unwanted, &plain].concat(),
            [
                record(100),
                record(101),
                vec![1, 133, 0, 0, 0],
                vec![0xC0 | 7, 140],
                record(140),
            ]
            .concat(),
        ];
        for is_sealed in [true, false] {
            let found = check(&[&parts[0], &parts[1]], is_sealed);
            assert_eq!(found.rows.times, [100, 101, 135, 140]);
            assert_eq!(found.rows.starts, [31, 37, 48, 50]);
            assert_eq!(found.rows.runs, [(0, 2), (1, 1), (0, 1)]);
            assert_eq!((found.message_count, found.damage.places), (8, 0));
        }
    }

    #[test]
    fn a_message_that_runs_past_the_end_is_cut() {
        let whole = [DEFINITION, &record(100)[..], &record(101)].concat();
        let found = scan(&whole, 0..whole.len() - 1, true, Spent::default());
        assert_eq!((found.rows.times, found.cut_at), (vec![100], Some(18)));
    }

    #[test]
    fn limits_hold_over_all_parts() {
        let bytes = [DEFINITION, &record(100)[..], &record(101)].concat();
        let spent = Spent {
            records: MOST_RECORDS - 1,
            messages: 0,
        };
        let found = scan(&bytes, 0..bytes.len(), true, spent);
        assert_eq!(
            (found.rows.times.len(), found.stop),
            (1, Some(Stop::TooMany))
        );
    }
}
