//! A simulated runner, day by day: the pain that is there before the run, the run, what the run does to the pain, and what is logged.

use crate::{
    random::Random,
    scenarios::{Begins, Lead, Log, Own, Rated, Recorded, Running, Scenario, Tie},
};

/// Days of recordings before a log.
const LEAD_DAYS: usize = 35;
/// A run this many times the longest of 30 days is a long one.
pub const LONG: f64 = 1.3;
/// A long run is planned every so many days.
const LONG_EVERY_DAYS: usize = 35;
const LONGEST_OF_DAYS: usize = 30;
/// Days without pain before a spell, where the look back is asked.
const FREE_DAYS: usize = 7;
/// Days of a heavy and sore stretch of a calendar.
const BLOCK_DAYS: usize = 56;
/// A mile, km.
const MILE_KM: f64 = 1.609_344;

/// One day.
#[derive(Clone, Copy, Default)]
pub struct Day {
    /// What was run, km.
    pub km: f64,
    /// What the recordings say of it, km; 0 without a recording.
    pub recorded_km: f64,
    /// Metres down, and up.
    pub descent_m: f64,
    /// The rating, 0–10.
    pub pain: f64,
    /// The rating of the calf, 0–10.
    pub other: f64,
    /// Whether the day is logged.
    pub logged: bool,
}

/// A runner.
pub struct Runner {
    /// Every day, from the first recording on.
    pub days: Vec<Day>,
    /// The day on which the log begins.
    pub lead: usize,
}

/// A runner with a log of so many days.
pub fn runner(random: &mut Random, scenario: &Scenario, days: usize) -> Runner {
    let lead = match scenario.lead {
        Lead::Short => LEAD_DAYS,
        Lead::Half => days,
    };
    let mut life = Life::new(random, scenario, lead, days);
    for _ in 0..lead + days {
        life.live(random);
    }
    Runner {
        days: life.days,
        lead,
    }
}

/// The runner so far.
struct Life<'a> {
    scenario: &'a Scenario,
    days: Vec<Day>,
    running: Legs,
    own: Course,
    /// More of the same where weeks are sore, and the pain of the calf.
    more: Course,
    other: Course,
    /// Where in the year, or in the blocks, the calendar begins: 0–1.
    phase: f64,
    /// The heavy month's first day.
    month: usize,
}

impl<'a> Life<'a> {
    fn new(random: &mut Random, scenario: &'a Scenario, lead: usize, days: usize) -> Self {
        let month = lead as f64 + 7.0 + random.uniform() * (days as f64 - 45.0).max(1.0);
        Life {
            scenario,
            days: Vec::with_capacity(lead + days),
            running: Legs::default(),
            own: Course::new(random, scenario.own),
            more: Course::new(random, Own::Spells(Begins::AnyDay(0.1))),
            other: Course::new(random, Own::Spells(Begins::AnyDay(0.06))),
            phase: random.uniform(),
            month: month as usize,
        }
    }

    fn today(&self) -> usize {
        self.days.len()
    }

    fn km_before(&self, days: usize) -> f64 {
        let day = self.today().checked_sub(days);
        day.map_or(0.0, |day| self.days[day].km)
    }

    /// One day more.
    fn live(&mut self, random: &mut Random) {
        let waits = matches!(
            self.scenario.own,
            Own::Spells(Begins::RunDay(_) | Begins::AfterLong(0, _))
        );
        // What begins with the day's run is not there before it.
        let before = if waits {
            0.0
        } else {
            self.own_pain(random, 0.0)
        };
        let km = self.run(random, before);
        let own = if waits {
            self.own_pain(random, km)
        } else {
            before
        };
        let descent_m = km * 10.0 * f64::exp(0.6 * random.normal());
        let felt = self.felt(random, own, km);
        let pain = rating(self.scenario.rated, felt);
        self.days.push(Day {
            km,
            recorded_km: recorded(random, self.scenario.recorded, km),
            descent_m,
            pain,
            other: self.other.next(random, |_, _| true),
            logged: is_logged(random, self.scenario.log, self.today(), km, pain),
        });
    }

    /// The pain that knows nothing of the runs but for what its spells begin with.
    fn own_pain(&mut self, random: &mut Random, km: f64) -> f64 {
        let day = self.today();
        let long_before = match self.scenario.own {
            Own::Spells(Begins::AfterLong(0, _)) => is_long(&self.days, day, km),
            Own::Spells(Begins::AfterLong(later, _)) => day
                .checked_sub(later)
                .is_some_and(|day| is_long(&self.days[..day], day, self.days[day].km)),
            _ => false,
        };
        let may_begin = |begins: Begins, free: usize| match begins {
            Begins::AnyDay(_) => true,
            Begins::Rarely(_) => free >= FREE_DAYS,
            Begins::RunDay(_) => km > 0.0 && free >= FREE_DAYS,
            Begins::AfterLong(..) => long_before && free >= FREE_DAYS,
        };
        let own = self.own.next(random, may_begin);
        let more = self.more.next(random, |_, _| true);
        match self.scenario.tie {
            Tie::Block if self.is_in_block() => f64::max(own, more),
            Tie::Year => own + 1.3 * self.year(),
            Tie::HeavyMonth(true) if (0..25).contains(&self.days_into_month()) => {
                2.0 + 2.0 * random.uniform()
            }
            Tie::Desk if day % 7 < 5 => own + 1.0 + random.uniform(),
            _ => own,
        }
    }

    fn year(&self) -> f64 {
        (std::f64::consts::TAU * (self.today() as f64 / 365.0 + self.phase)).sin()
    }

    fn is_in_block(&self) -> bool {
        let ahead = (self.phase * 2.0 * BLOCK_DAYS as f64) as usize;
        (self.today() + ahead) / BLOCK_DAYS % 2 == 1
    }

    fn days_into_month(&self) -> i64 {
        self.today() as i64 - self.month as i64
    }

    /// Kilometres of the day, after what the calendar and the pain make of the plan.
    fn run(&mut self, random: &mut Random, before: f64) -> f64 {
        let planned = self.running.next(random, self.scenario.running, &self.days);
        let yesterday = self.days.last().map_or(0.0, |day| day.pain);
        match self.scenario.tie {
            Tie::Year => planned * f64::exp(0.4 * self.year()),
            Tie::Block if self.is_in_block() && planned == 0.0 && random.uniform() < 0.2 => 9.0,
            Tie::Block if self.is_in_block() => 1.5 * planned,
            Tie::HeavyMonth(_) if (0..30).contains(&self.days_into_month()) => 1.6 * planned,
            Tie::RestsOnTheDay(much) => spared(random, planned, much * before),
            Tie::RestsAfter(much) => spared(random, planned, much * yesterday),
            _ => planned,
        }
    }

    /// What the runs do to the pain.
    fn felt(&self, random: &mut Random, own: f64, km: f64) -> f64 {
        // A link adds to what is there anyway, with some noise, and a little more than nothing rounds to a zero.
        let with = |added: f64, noise: f64| f64::max(own + added + 0.5 * noise, 0.0) + 0.3;
        let noise = random.normal();
        match self.scenario.tie {
            Tie::SameDay(points) => own + points * km,
            Tie::SameDayOrOwn(points) if km > 0.0 => f64::max(points * km + 0.6 * noise, own),
            Tie::SameDayOrOwn(_) => f64::max(0.7 * noise - 0.5, own),
            Tie::NextDay(points) => with(points * self.km_before(1), noise),
            Tie::LaterDays(points) => {
                let km: f64 = (3..=5).map(|days| self.km_before(days)).sum();
                with(points * km / 3.0, noise)
            }
            Tie::Descent(points) => {
                let three = self.days.iter().rev().take(3);
                let metres: f64 = three.map(|day| day.descent_m).sum();
                with(points * metres / 100.0, noise)
            }
            _ => own,
        }
    }
}

/// A run after so much pain: none, or a shorter one.
fn spared(random: &mut Random, km: f64, pain: f64) -> f64 {
    if random.uniform() < 0.16 * pain {
        0.0
    } else {
        km * (1.0 - 0.08 * pain).max(0.2)
    }
}

fn rating(rated: Rated, felt: f64) -> f64 {
    match rated {
        Rated::Whole => felt.floor().clamp(0.0, 10.0),
        Rated::Even => 2.0 * (felt / 2.0).round().clamp(0.0, 5.0),
    }
}

fn recorded(random: &mut Random, recorded: Recorded, km: f64) -> f64 {
    let (chance, noise) = (random.uniform(), random.normal());
    match recorded {
        Recorded::Roughly => km * (1.0 + 0.1 * noise).max(0.5),
        Recorded::WithLosses if chance < 0.1 => 0.0,
        Recorded::InTwoUnits if chance < 0.2 => km / MILE_KM,
        _ => km,
    }
}

fn is_logged(random: &mut Random, log: Log, day: usize, km: f64, pain: f64) -> bool {
    let chance = random.uniform();
    match log {
        Log::Daily => true,
        Log::Gaps(share) => chance >= share,
        Log::Mondays => day.is_multiple_of(7),
        Log::WorkDays => day % 7 < 5,
        Log::TwoDaysBlank => !matches!(day % 7, 3 | 5),
        Log::RunDays => km > 0.0,
        Log::WhenItHurts => pain > 0.0,
        Log::OftenWhenItHurts => pain > 0.0 || chance < 0.75,
        Log::RunsAndSoreRest => km > 0.0 || pain > 0.0,
    }
}

/// Whether a run is far longer than the month before it.
fn is_long(before: &[Day], day: usize, km: f64) -> bool {
    let longest = longest(before);
    day >= LONGEST_OF_DAYS && longest > 0.0 && km > LONG * longest
}

fn longest(before: &[Day]) -> f64 {
    let month = before.iter().rev().take(LONGEST_OF_DAYS);
    month.map(|day| day.km).fold(0.0, f64::max)
}

/// What the next run depends on.
#[derive(Default)]
struct Legs {
    level: f64,
    ran: bool,
    days_off: usize,
    km: f64,
}

impl Legs {
    /// Kilometres as they are planned.
    fn next(&mut self, random: &mut Random, running: Running, before: &[Day]) -> f64 {
        let noise = random.normal();
        let day = before.len();
        let km = match running {
            Running::Free => self.free(random, day, 0.97, 0.3 * noise),
            Running::MostDays => self.most_days(random, day, 0.3 * noise),
            Running::WanderingLevel => self.free(random, day, 1.0, 0.3 * noise),
            Running::LongRuns => self.long_runs(random, before, noise),
            Running::EveryOtherDay => self.every_other_day(random, noise),
            Running::WeeklyPlan => self.weekly_plan(random, day, noise),
            Running::WanderingKm => {
                let next = (self.km + 1.5 * noise).abs();
                self.km = if next > 24.0 { 48.0 - next } else { next };
                self.km
            }
        };
        self.ran = km > 0.0;
        km
    }

    /// The level of today; what is left of yesterday's, and a step. One that is all left wanders between 0.3 and 3 times the usual.
    fn drift(&mut self, random: &mut Random, left: f64, step: f64) -> f64 {
        self.level = (left * self.level + step * random.normal()).clamp(-1.1, 1.1);
        self.level
    }

    fn free(&mut self, random: &mut Random, day: usize, left: f64, noise: f64) -> f64 {
        let level = self.drift(random, left, 0.08);
        if self.days_off > 0 {
            self.days_off -= 1;
            return 0.0;
        }
        if random.uniform() < 0.004 {
            self.days_off = 4 + (6.0 * random.uniform()) as usize;
        }
        let weekend = if day % 7 > 4 { 0.15 } else { 0.0 };
        let chance = weekend + if self.ran { 0.35 } else { 0.7 };
        let build = [0.9, 1.0, 1.1, 0.75][day / 7 % 4];
        let usual = if day % 7 == 6 { 16.0 } else { 8.0 };
        let km = usual * build * f64::exp(level + noise);
        if random.uniform() < chance { km } else { 0.0 }
    }

    fn most_days(&mut self, random: &mut Random, day: usize, noise: f64) -> f64 {
        let level = self.drift(random, 0.97, 0.08);
        let usual = if day % 7 == 6 { 16.0 } else { 8.0 };
        let rests = random.uniform() < 1.0 / 7.0;
        if rests {
            0.0
        } else {
            usual * f64::exp(level + noise)
        }
    }

    fn long_runs(&mut self, random: &mut Random, before: &[Day], noise: f64) -> f64 {
        let (day, longest) = (before.len(), longest(before));
        let usual =
            self.free(random, day, 0.95, 0.12 * noise) * if day % 7 == 6 { 0.7 } else { 1.0 };
        let is_planned = day >= 42 && day % LONG_EVERY_DAYS == 5 && longest > 0.0;
        if is_planned && self.days_off == 0 {
            longest * (1.35 + 0.45 * random.uniform())
        } else {
            usual
        }
    }

    fn every_other_day(&mut self, random: &mut Random, noise: f64) -> f64 {
        let level = self.drift(random, 0.97, 0.08);
        let rests = self.ran || random.uniform() < 0.03;
        if rests {
            0.0
        } else {
            9.0 * f64::exp(level + 0.35 * noise)
        }
    }

    fn weekly_plan(&mut self, random: &mut Random, day: usize, noise: f64) -> f64 {
        const KM: [f64; 7] = [0.0, 8.0, 0.0, 10.0, 0.0, 8.0, 18.0];
        let level = self.drift(random, 0.97, 0.08);
        let is_skipped = random.uniform() < 0.12;
        let km = KM[day % 7] * f64::exp(level + 0.15 * noise);
        if is_skipped { 0.0 } else { km }
    }
}

/// A pain of its own.
struct Course {
    own: Own,
    /// Days of the spell to come, its height, and days without one.
    left: usize,
    height: f64,
    free: usize,
    wave: f64,
}

impl Course {
    fn new(random: &mut Random, own: Own) -> Self {
        let start = random.normal();
        Course {
            own,
            left: 0,
            height: 0.0,
            free: FREE_DAYS,
            wave: match own {
                Own::Waves(_, deviation) => deviation * start,
                Own::Walk => 4.0 * start.abs().min(2.0),
                _ => 0.0,
            },
        }
    }

    /// The pain of the next day; `may_begin` says whether a spell may, after so many free days.
    fn next(&mut self, random: &mut Random, may_begin: impl Fn(Begins, usize) -> bool) -> f64 {
        match self.own {
            Own::No => 0.0,
            Own::Spells(begins) => {
                let may_begin = may_begin(begins, self.free);
                self.spell(random, begins, may_begin)
            }
            Own::Waves(left, deviation) => {
                let step = deviation * (1.0 - left * left).sqrt();
                self.wave = left * self.wave + step * random.normal();
                self.wave
            }
            Own::Walk => {
                let next = (self.wave + 0.6 * random.normal()).abs();
                self.wave = if next > 8.0 { 16.0 - next } else { next };
                // Below 2 nothing is felt.
                self.wave - 2.0
            }
            Own::FewSevere => {
                let mild = self.spell(random, Begins::AnyDay(0.08), true).min(2.0);
                let is_severe = random.uniform() < 0.025;
                if is_severe {
                    7.0 + 3.0 * random.uniform()
                } else {
                    mild
                }
            }
        }
    }

    fn spell(&mut self, random: &mut Random, begins: Begins, may_begin: bool) -> f64 {
        let (Begins::AnyDay(chance)
        | Begins::Rarely(chance)
        | Begins::RunDay(chance)
        | Begins::AfterLong(_, chance)) = begins;
        if self.left == 0 && may_begin && random.uniform() < chance {
            // Two days, and an exponential number more with a mean of five.
            self.left = 2 + (-5.0 * (1.0 - random.uniform()).ln()) as usize;
            self.height = 1.5 + 3.5 * random.uniform();
        }
        if self.left == 0 {
            self.free += 1;
            return 0.0;
        }
        self.left -= 1;
        self.free = 0;
        (self.height + 0.9 * random.normal())
            .round()
            .clamp(1.0, 6.0)
    }
}
