//! No file imports another that imports it back, by whatever way round: read from the imports, with hand-overs followed to the
//! file that defines a name.
//!
//! A module and the files below it are one room here, for a folder's `mod.rs` puts its files together and they may use its types;
//! but in the folders of [`STRICT`], where `mod.rs` is one of the files.

use super::house::is_test;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};
use syn::{
    Item, UseTree,
    visit::{self, Visit},
};

/// Folders whose `mod.rs` is imported by none of its files that it imports itself, other than to hand on what is in it.
const STRICT: &[&str] = &[
    "cli",
    "cli/options",
    "cli/pain",
    "decode",
    "decode/fit",
    "decode/xml",
    "exports",
    "exports/fitbit",
    "exports/garmin",
    "exports/huawei",
    "exports/kit",
    "exports/nike",
    "exports/polar",
    "exports/strava",
    "ingest",
    "inspect",
    "model",
    "problem",
    "source",
    "sport",
    "text",
    "verify",
];

/// A module by its path from the crate: `["report", "page", "block"]`.
type Module = Vec<String>;

/// A module's file: what it hands over from elsewhere by name, and every path that it takes.
#[derive(Default)]
struct File {
    hands_over: BTreeMap<String, Module>,
    takes: Vec<Module>,
}

fn module_of(file: &Path) -> Module {
    let mut parts: Module = file
        .with_extension("")
        .iter()
        .map(|part| part.to_string_lossy().into_owned())
        .collect();
    if parts
        .last()
        .is_some_and(|last| last == "mod" || last == "lib")
    {
        parts.pop();
    }
    parts
}

/// A path as it is written, from the crate on. None for other crates' and for names.
fn whole(path: &[String], module: &Module) -> Option<Module> {
    let (first, rest) = path.split_first()?;
    let supers = path.iter().take_while(|part| *part == "super").count();
    match first.as_str() {
        "crate" => Some(rest.to_vec()),
        "self" => Some([module, rest].concat()),
        "super" => Some(
            [
                &module[..module.len().saturating_sub(supers)],
                &path[supers..],
            ]
            .concat(),
        ),
        _ => None,
    }
}

fn leaves(tree: &UseTree, before: &mut Module, found: &mut Vec<(String, Module)>) {
    match tree {
        UseTree::Path(path) => {
            before.push(path.ident.to_string());
            leaves(&path.tree, before, found);
            before.pop();
        }
        UseTree::Name(name) if name.ident == "self" => {
            found.push((before.last().cloned().unwrap_or_default(), before.clone()))
        }
        UseTree::Name(name) => found.push((
            name.ident.to_string(),
            [&before[..], &[name.ident.to_string()]].concat(),
        )),
        UseTree::Rename(rename) => {
            found.push((
                rename.rename.to_string(),
                [&before[..], &[rename.ident.to_string()]].concat(),
            ));
        }
        UseTree::Glob(_) => found.push(("*".to_string(), before.clone())),
        UseTree::Group(group) => group
            .items
            .iter()
            .for_each(|tree| leaves(tree, before, found)),
    }
}

/// Walks one file.
struct Walk<'a> {
    module: &'a Module,
    children: BTreeSet<String>,
    file: File,
}

impl<'ast> Visit<'ast> for Walk<'_> {
    fn visit_item(&mut self, item: &'ast Item) {
        let attributes = match item {
            Item::Mod(item) => &item.attrs,
            Item::Fn(item) => &item.attrs,
            Item::Use(item) => &item.attrs,
            Item::Impl(item) => &item.attrs,
            _ => return visit::visit_item(self, item),
        };
        if !is_test(attributes) {
            visit::visit_item(self, item);
        }
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        let is_public = !matches!(item.vis, syn::Visibility::Inherited);
        let mut found = Vec::new();
        leaves(&item.tree, &mut Vec::new(), &mut found);
        for (name, path) in found {
            let is_child = path
                .first()
                .is_some_and(|first| self.children.contains(first));
            let path = if is_child {
                Some([self.module, &path[..]].concat())
            } else {
                whole(&path, self.module)
            };
            let Some(path) = path else { continue };
            // What is handed on is not used here.
            if !(is_child && is_public) {
                self.file.takes.push(path.clone());
            }
            self.file.hands_over.insert(name, path);
        }
    }

    /// `pub(super)` names a module and takes nothing from it.
    fn visit_visibility(&mut self, _: &'ast syn::Visibility) {}

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let parts: Module = path
            .segments
            .iter()
            .map(|segment| segment.ident.to_string())
            .collect();
        let of_child = parts.len() > 1 && self.children.contains(&parts[0]);
        let below = of_child.then(|| [self.module, &parts[..]].concat());
        self.file
            .takes
            .extend(below.or_else(|| whole(&parts, self.module)));
        visit::visit_path(self, path);
    }
}

fn read(folder: &Path) -> BTreeMap<Module, File> {
    let files: Vec<PathBuf> = super::tidy::rust_files("src")
        .into_iter()
        .map(|(path, _)| path)
        .collect();
    let modules: BTreeSet<Module> = files
        .iter()
        .map(|file| module_of(file.strip_prefix(folder).unwrap()))
        .collect();
    let mut read = BTreeMap::new();
    for path in files {
        let module = module_of(path.strip_prefix(folder).unwrap());
        let below = modules
            .iter()
            .filter(|other| other.len() == module.len() + 1 && other.starts_with(&module));
        let children = below.filter_map(|other| other.last().cloned()).collect();
        let mut walk = Walk {
            module: &module,
            children,
            file: File::default(),
        };
        walk.visit_file(&syn::parse_file(&fs::read_to_string(&path).unwrap()).unwrap());
        read.insert(module.clone(), walk.file);
    }
    read
}

/// The module that defines what a path names: the longest prefix that is a module, and on to where it takes the name from.
fn defines(files: &BTreeMap<Module, File>, path: &Module) -> Option<Module> {
    let mut path = path.clone();
    for _ in 0..8 {
        let length = (0..=path.len())
            .rev()
            .find(|length| files.contains_key(&path[..*length]))?;
        let (module, name) = path.split_at(length);
        match name
            .first()
            .and_then(|name| files[module].hands_over.get(name))
        {
            Some(from) if *from != path => path = [&from[..], &name[1..]].concat(),
            _ => return Some(module.to_vec()),
        }
    }
    None
}

/// Whether one of the modules holds the other and puts its files together.
fn one_room(a: &Module, b: &Module) -> bool {
    let (outer, inner) = if a.len() < b.len() { (a, b) } else { (b, a) };
    let is_strict = inner.len() > outer.len() && STRICT.contains(&outer.join("/").as_str());
    inner.starts_with(outer) && !is_strict
}

fn edges(files: &BTreeMap<Module, File>) -> BTreeMap<Module, BTreeSet<Module>> {
    let taken = |(module, file): (&Module, &File)| {
        let from = file.takes.iter().filter_map(|path| defines(files, path));
        (
            module.clone(),
            from.filter(|other| !one_room(module, other)).collect(),
        )
    };
    files.iter().map(taken).collect()
}

/// Every module that can be reached from here.
fn reached<'m>(
    from: &'m Module,
    edges: &'m BTreeMap<Module, BTreeSet<Module>>,
) -> BTreeSet<&'m Module> {
    let (mut found, mut open) = (BTreeSet::new(), vec![from]);
    while let Some(module) = open.pop() {
        for next in edges.get(module).into_iter().flatten() {
            if found.insert(next) {
                open.push(next);
            }
        }
    }
    found
}

#[test]
fn no_file_imports_what_imports_it() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let files = read(&folder);
    let edges = edges(&files);
    assert!(
        edges.values().map(BTreeSet::len).sum::<usize>() > 500,
        "imports are seen"
    );
    let name = |module: &Module| module.join("::");
    let is_back = |from: &Module, to: &&Module| reached(to, &edges).contains(from);
    let mut circles = Vec::new();
    for (from, tos) in &edges {
        circles.extend(
            tos.iter()
                .filter(|to| is_back(from, to))
                .map(|to| format!("{} -> {}", name(from), name(to))),
        );
    }
    assert!(
        circles.is_empty(),
        "these imports lie on a circle:\n{}",
        circles.join("\n")
    );
}

#[test]
fn paths_are_read_from_the_crate_on() {
    let module = |text: &str| text.split("::").map(str::to_string).collect::<Module>();
    for (path, expected) in [
        ("crate::pain::Entry", Some("pain::Entry")),
        ("super::block::Line", Some("report::page::block::Line")),
        ("super::super::charts", Some("report::charts")),
        ("self::inner", Some("report::page::watch::inner")),
        ("std::fs", None),
    ] {
        assert_eq!(
            whole(&module(path), &module("report::page::watch")),
            expected.map(module),
            "{path}"
        );
    }
}
