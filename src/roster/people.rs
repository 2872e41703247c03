//! Everybody that a folder and tables speak of, and who of them is to be read.

use super::{
    Asked, Athlete, Named, Out, Profile, Roster, Tables, Why, earlier,
    ids::Near,
    key::{self, Key},
    manifest::{self, Consent, Listed},
};
use crate::{
    associate::cohort::Remark,
    error::Error,
    source::{self, Members, Weight},
    units::counted,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

/// The name under which the cohort's own folder is spoken of.
const FOLDER: &str = "the folder itself";
/// The name under which the tables are.
const TABLES: &str = "the tables";

/// Everybody so far.
#[derive(Debug, Default)]
pub(super) struct People {
    some: Vec<Somebody>,
    left_out: Vec<Out>,
    noted: Vec<Remark>,
    has_list: bool,
    key: Key,
}

/// Somebody who may take part.
#[derive(Debug, Clone, PartialEq)]
struct Somebody {
    athlete: Athlete,
    consent: Option<Consent>,
    /// Where the recordings really lie.
    lie_at: Vec<PathBuf>,
    line: u64,
}

/// Lists everybody.
///
/// # Errors
/// A folder or a list that cannot be read.
pub(super) fn gather(asked: &Asked, named: &Named, tables: &Tables) -> Result<People, Error> {
    let members = match asked.folder {
        Some(folder) => source::members(folder, asked.leave_out)?,
        None => Members::default(),
    };
    let id = asked.named.id.as_deref();
    let key = named.key.as_deref().map(|path| key::read(path, id));
    let mut people = People {
        key: key.transpose()?.unwrap_or_default(),
        ..People::default()
    };
    let root = asked.root();
    let members = match tables.earlier.are_of(&root) {
        true => Members::default(),
        false => {
            people.tell_of_loose(&members, asked, named);
            persons(members, tables, &root)
        }
    };
    match &named.athletes {
        Some(list) => people.list(list, asked, &members, &root)?,
        None => people.unlisted(&members, tables, &root),
    }
    Ok(people)
}

impl People {
    fn tell_of_loose(&mut self, members: &Members, asked: &Asked, named: &Named) {
        let is_read = |file: &&PathBuf| asked.folder.is_some_and(|folder| lies_in(file, folder));
        let read: BTreeSet<PathBuf> = named
            .files()
            .filter(is_read)
            .filter_map(|file| file.canonicalize().ok())
            .collect();
        let count = members.loose_files.saturating_sub(read.len());
        let files = counted(count, "file lies", "files lie");
        let what = format!("{files} beside the runners' folders, nobody's, and not read");
        self.noted
            .extend((count > 0).then(|| Remark::new(FOLDER, what)));
    }

    /// Without a list: every folder and archive, and everybody whom a table names.
    fn unlisted(&mut self, members: &Members, tables: &Tables, root: &Path) {
        let link = |name: &String| Out::new(name, Why::Link, "a link, and links are not followed");
        self.left_out.extend(members.links.iter().map(link));
        for member in &members.runners {
            self.some.push(Somebody::of(
                &member.name,
                vec![member.below.clone()],
                root,
                member.weight,
            ));
        }
        self.add_of_tables(tables, root);
    }

    /// Whom a table names and no folder.
    fn add_of_tables(&mut self, tables: &Tables, root: &Path) {
        let known: BTreeSet<&str> = self.ids().collect();
        let team = tables.team.iter().flat_map(|team| team.keys());
        let named = ids_in_daily(tables).chain(team.map(String::as_str));
        let named = named.chain(tables.earlier.athletes());
        let more: BTreeSet<&str> = named.filter(|id| !known.contains(id)).collect();
        let of_table = |id| Somebody::of(id, Vec::new(), root, Weight::default());
        self.some.extend(more.into_iter().map(of_table));
    }

    /// With a list: whom it names.
    fn list(
        &mut self,
        list: &Path,
        asked: &Asked,
        members: &Members,
        root: &Path,
    ) -> Result<(), Error> {
        self.has_list = true;
        let manifest = manifest::read(list, asked.named.id.as_deref(), asked.options.date_order)?;
        self.noted.extend(nameless(manifest.nameless));
        let beside = list.parent().unwrap_or(Path::new(""));
        for listed in manifest.listed {
            self.add(listed, beside, members, root);
        }
        self.leave_out_unlisted(members, root);
        Ok(())
    }

    /// Folders that the list does not name.
    fn leave_out_unlisted(&mut self, members: &Members, root: &Path) {
        let taken = self.some.iter().flat_map(|one| &one.lie_at);
        let taken: Vec<&PathBuf> = taken.collect();
        // A folder in which listed recordings lie is nobody of its own.
        let is_taken = |below: &Path| {
            let at = real(&root.join(below));
            taken.iter().any(|taken| taken.starts_with(&at))
        };
        let members = members.runners.iter();
        let others = members.filter(|member| !is_taken(&member.below));
        let what = "not in the list of athletes";
        let others = others.map(|member| Out::new(&member.name, Why::NotListed, what));
        self.left_out.extend(others);
    }

    fn add(&mut self, listed: Listed, beside: &Path, members: &Members, root: &Path) {
        let id = &listed.id;
        self.noted.extend(unread_cells(&listed));
        let (there, missing) = named_folders(&listed, beside, members, root);
        self.noted.extend(gone(id, missing.len()));
        let weight = weight_of(&there);
        let below = there.iter().map(|path| below(path, root)).collect();
        self.some.push(Somebody {
            consent: listed.consent,
            line: listed.line,
            athlete: Athlete {
                profile: listed.profile,
                ..Somebody::of(id, below, root, weight).athlete
            },
            lie_at: there.iter().map(|path| real(path)).collect(),
        });
    }

    fn ids(&self) -> impl Iterator<Item = &str> {
        self.some.iter().map(|one| one.athlete.id.as_str())
    }

    /// Decides who is to be read.
    pub(super) fn judge(&mut self, tables: &Tables) {
        self.leave_out_strangers(tables);
        self.tell_of_nobodys(tables);
        self.tell_of_tables(tables);
        self.tell_of_near();
        self.take_out_doubled();
        self.take_out(|one| {
            let is_doubled = tables.earlier.doubled.contains(&one.athlete.id);
            let what = "the id of somebody in two folders of tables".to_string();
            is_doubled.then_some((Why::Doubled, what))
        });
        self.take_out(|one| no_consent(one.consent));
        self.take_out(|one| {
            let what = "the follow-up ends before it begins".to_string();
            let is_negative = one.athlete.profile.window.is_negative();
            is_negative.then_some((Why::NegativeFollowUp, what))
        });
        self.take_out_shared();
        self.take_out(|one| {
            let has_any = !one.athlete.recordings.is_empty() || tables.has_runs_of(&one.athlete.id);
            (!has_any).then(|| (Why::NoRecordings, "no recordings".to_string()))
        });
        self.tell_who_has_no_row(tables);
    }

    fn take_out(&mut self, why: impl Fn(&Somebody) -> Option<(Why, String)>) {
        let left_out = &mut self.left_out;
        self.some.retain(|one| match why(one) {
            Some((why, what)) => {
                left_out.push(Out::new(&one.athlete.id, why, what));
                false
            }
            None => true,
        });
    }

    /// Whoever stands in tables and not among those who may take part.
    fn leave_out_strangers(&mut self, tables: &Tables) {
        let rows = rows_in_log(tables);
        let known: BTreeSet<String> = self.ids().map(str::to_string).collect();
        let named = rows.keys().copied().chain(ids_in_daily(tables));
        let named = named.chain(tables.earlier.athletes());
        let strangers: BTreeSet<&str> = named.filter(|id| !known.contains(*id)).collect();
        let near = Near::of(known.iter().map(String::as_str));
        for id in strangers {
            self.noted.extend(stranger_like(id, &near, &self.key));
            let out = self.stranger(id, rows.get(id).copied().unwrap_or(0));
            self.left_out.push(out);
        }
    }

    /// Somebody of the tables, with that many rows of the pain log, who is not among those who may take part.
    fn stranger(&self, id: &str, rows: usize) -> Out {
        if self.has_list {
            let what = "in a table, and not in the list of athletes";
            return Out::new(id, Why::NotListed, what);
        }
        let rows = counted(rows, "row", "rows");
        let what = format!("{rows} in the pain log of the study, and no recordings");
        Out::new(id, Why::NoRecordings, what)
    }

    /// Rows of the pain log that are nobody's.
    fn tell_of_nobodys(&mut self, tables: &Tables) {
        let nobodys = tables.long.as_ref().map_or(0, |log| log.nobodys());
        let rows = counted(
            nobodys,
            "row of the pain log says",
            "rows of the pain log say",
        );
        let nobodys = (nobodys > 0)
            .then(|| Remark::new(TABLES, format!("{rows} not whose it is, and was not used")));
        self.noted.extend(nobodys);
    }

    /// What the tables say of themselves.
    fn tell_of_tables(&mut self, tables: &Tables) {
        let of_log = tables.long.iter().flat_map(|log| log.remarks());
        let of_daily = tables.daily.iter().flat_map(|daily| &daily.noted);
        let earlier = (!tables.earlier.are_none()).then_some(earlier::LACK);
        let told = of_log.chain(of_daily).map(String::as_str).chain(earlier);
        let told = told.map(|what| what.trim_end_matches('.'));
        self.noted
            .extend(told.map(|what| Remark::new(TABLES, what)));
    }

    /// Ids that only look the same.
    fn tell_of_near(&mut self) {
        let near = Near::of(self.ids());
        let distinct: BTreeSet<&str> = self.ids().collect();
        let alike = distinct
            .into_iter()
            .filter_map(|id| Some((id, near.other_than(id)?)));
        let told: Vec<Remark> = alike
            .map(|(id, other)| {
                Remark::new(
                    id,
                    format!(
                        "differs from {} by capitals or blanks alone; not taken for the same",
                        self.key.shown(other)
                    ),
                )
            })
            .collect();
        self.noted.extend(told);
    }

    /// Rows with one id: the same row twice is one, others cannot both be right.
    fn take_out_doubled(&mut self) {
        self.some
            .sort_by(|a, b| (&a.athlete.id, a.line).cmp(&(&b.athlete.id, b.line)));
        let mut kept = Vec::with_capacity(self.some.len());
        for same in self.some.chunk_by(|a, b| a.athlete.id == b.athlete.id) {
            let Some(first) = same.first() else { continue };
            let (id, count) = (first.athlete.id.as_str(), same.len());
            if !same.iter().all(|one| one.is_like(first)) {
                let what = format!("the id of {count} rows of the list that say different things");
                self.left_out.push(Out::new(id, Why::Doubled, what));
                continue;
            }
            let what = format!("stands in the list {count} times, alike; counted once");
            let noted = (count > 1).then(|| Remark::new(id, what));
            self.noted.extend(noted);
            kept.push(first.clone());
        }
        self.some = kept;
    }

    /// Recordings that two ids have: whose they are is not known, and nobody is read twice.
    fn take_out_shared(&mut self) {
        let (shared, key) = (self.shared(), self.key.clone());
        self.take_out(|one| {
            let other = key.shown(shared.get(&one.athlete.id)?);
            let what =
                format!("the recordings are those of {other} too; whose they are is not known");
            Some((Why::SameRecordings, what))
        });
    }

    /// Everybody whose recordings are, or lie in, somebody else's, and whose.
    fn shared(&self) -> BTreeMap<String, String> {
        let mut all: Vec<(&PathBuf, &str)> = self.some.iter().flat_map(Somebody::places).collect();
        all.sort();
        let mut shared = BTreeMap::new();
        // In order a folder stands right before what lies in it.
        let mut above: Vec<(&PathBuf, &str)> = Vec::new();
        for (path, id) in all {
            above.retain(|(folder, _)| path.starts_with(folder));
            for (_, other) in above.iter().filter(|(_, other)| *other != id) {
                shared.insert(id.to_string(), other.to_string());
                shared.entry(other.to_string()).or_insert(id.to_string());
            }
            above.push((path, id));
        }
        shared
    }

    fn tell_who_has_no_row(&mut self, tables: &Tables) {
        let Some(log) = &tables.long else { return };
        let without = self.some.iter().filter(|one| !log.has(&one.athlete.id));
        let what =
            "no row in the pain log of the study; a log of their own counts where there is one";
        self.noted
            .extend(without.map(|one| Remark::new(&one.athlete.id, what)));
    }

    /// Whether nobody at all was spoken of.
    pub(super) fn is_nobody(&self) -> bool {
        self.some.is_empty() && self.left_out.is_empty()
    }

    /// Everybody by the names that are written, in their order: that of ids would tell of them.
    ///
    /// # Errors
    /// [`Error::Usage`] where the key lacks somebody.
    pub(super) fn into_roster(mut self, tables: Tables) -> Result<Roster, Error> {
        self.key.knows_all(self.spoken_of())?;
        self.show_pseudonyms();
        self.left_out.sort();
        self.noted.sort();
        let athletes = self.some.into_iter().map(|one| one.athlete);
        let mut athletes: Vec<Athlete> = athletes.collect();
        athletes.sort_by(|a, b| a.name().cmp(b.name()));
        Ok(Roster {
            athletes,
            left_out: self.left_out,
            noted: self.noted,
            tables,
        })
    }

    /// Every id that a report would name.
    fn spoken_of(&self) -> impl Iterator<Item = &str> {
        let out = self.left_out.iter().map(|out| out.id.as_str());
        let noted = self.noted.iter().map(|remark| remark.runner.as_str());
        self.ids().chain(out).chain(noted.filter(is_somebody))
    }

    fn show_pseudonyms(&mut self) {
        let key = &self.key;
        let show = |id: &mut String| *id = key.shown(id).to_string();
        for one in &mut self.some {
            one.athlete.pseudonym = key.pseudonym(&one.athlete.id).map(str::to_string);
        }
        self.left_out.iter_mut().for_each(|out| show(&mut out.id));
        let noted = self.noted.iter_mut().map(|remark| &mut remark.runner);
        noted
            .filter(|runner| is_somebody(&runner.as_str()))
            .for_each(show);
    }
}

/// Whether a remark is about a person.
fn is_somebody(name: &&str) -> bool {
    ![FOLDER, TABLES].contains(name)
}

impl Somebody {
    /// Where the recordings really lie, each with the id.
    fn places(&self) -> impl Iterator<Item = (&PathBuf, &str)> {
        let id = self.athlete.id.as_str();
        self.lie_at.iter().map(move |path| (path, id))
    }

    /// Whether two rows of the list say the same.
    fn is_like(&self, other: &Somebody) -> bool {
        let line = other.line;
        Somebody {
            line,
            ..self.clone()
        } == *other
    }

    fn of(id: &str, recordings: Vec<PathBuf>, root: &Path, weight: Weight) -> Somebody {
        Somebody {
            lie_at: recordings
                .iter()
                .map(|below| real(&root.join(below)))
                .collect(),
            athlete: Athlete {
                id: id.to_string(),
                pseudonym: None,
                recordings,
                profile: Profile::default(),
                weight,
            },
            consent: None,
            line: 0,
        }
    }
}

/// Members that are somebody: the folders of a team's tables are nobody's, nor are those of tables of an earlier report.
fn persons(mut members: Members, tables: &Tables, root: &Path) -> Members {
    if tables.team.is_some() {
        return Members::default();
    }
    let is_somebody = |below: &Path| !tables.earlier.lie_in(&root.join(below));
    let reports = earlier::only_reports(&members).to_vec();
    members.runners.extend(reports);
    members.runners.retain(|member| is_somebody(&member.below));
    members
}

/// Everybody in the pain log of the study, and how many rows are theirs.
fn rows_in_log(tables: &Tables) -> BTreeMap<&str, usize> {
    let logs = tables.long.iter();
    logs.flat_map(|log| log.people()).collect()
}

/// Everybody in the table of days.
fn ids_in_daily(tables: &Tables) -> impl Iterator<Item = &str> {
    let daily = tables.daily.iter();
    daily.flat_map(|daily| daily.people.keys().map(String::as_str))
}

/// A name of the tables that looks like that of somebody who may take part.
fn stranger_like(id: &str, near: &Near, key: &Key) -> Option<Remark> {
    let other = key.shown(near.other_than(id)?);
    let what = format!(
        "stands in a table and differs from {other} by capitals or blanks alone; not taken for the same"
    );
    Some(Remark::new(id, what))
}

/// Folders that a row of the list means: those there, and those gone.
fn named_folders(
    listed: &Listed,
    beside: &Path,
    members: &Members,
    root: &Path,
) -> (Vec<PathBuf>, Vec<PathBuf>) {
    // A list that names no folder means those that are called as the ids are.
    if listed.recordings.is_empty() {
        return (called(&listed.id, members, root), Vec::new());
    }
    let named = listed.recordings.iter().map(|path| beside.join(path));
    named.partition(|path| path.exists())
}

/// Folders and archives of a name.
fn called(name: &str, members: &Members, root: &Path) -> Vec<PathBuf> {
    members
        .runners
        .iter()
        .filter(|member| member.name == name)
        .map(|member| root.join(&member.below))
        .collect()
}

/// Cells of a row of the list that say nothing that is known.
fn unread_cells(listed: &Listed) -> Option<Remark> {
    let unread = listed.unread.join(", ");
    let what = format!("the list does not say in words that are known: {unread}");
    (!listed.unread.is_empty()).then(|| Remark::new(&listed.id, what))
}

/// Recordings that the list names and that are not there.
fn gone(id: &str, count: usize) -> Option<Remark> {
    let what = counted(
        count,
        "folder or archive that the list names is",
        "folders or archives that the list names are",
    );
    (count > 0).then(|| Remark::new(id, format!("{what} not there")))
}

/// Rows of the list that name nobody.
fn nameless(count: usize) -> Option<Remark> {
    let rows = counted(count, "row of the list names", "rows of the list name");
    (count > 0).then(|| Remark::new(TABLES, format!("{rows} nobody")))
}

/// What several folders hold together.
fn weight_of(paths: &[PathBuf]) -> Weight {
    let weights = paths.iter().map(|path| Weight::of(path));
    weights.fold(Weight::default(), Weight::and)
}

fn no_consent(consent: Option<Consent>) -> Option<(Why, String)> {
    let what = match consent? {
        Consent::Yes => return None,
        Consent::No => "no consent",
        Consent::Unknown => "whether they agreed is not written down",
    };
    Some((Why::NoConsent, what.to_string()))
}

fn lies_in(file: &Path, folder: &Path) -> bool {
    let parent = file
        .canonicalize()
        .ok()
        .and_then(|file| file.parent().map(Path::to_path_buf));
    parent.is_some() && parent == folder.canonicalize().ok()
}

/// A path as the system has it; as it is where it leads nowhere.
fn real(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_path_buf())
}

/// A path below the root without it, or a whole one where it lies elsewhere.
pub(super) fn below(path: &Path, root: &Path) -> PathBuf {
    let path = real(path);
    path.strip_prefix(real(root))
        .map(Path::to_path_buf)
        .unwrap_or(path)
}
