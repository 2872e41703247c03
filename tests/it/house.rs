//! The figures of the house: how long and how dense its functions are, how much of it is said in words, what it never does.
//!
//! Measured is code without tests: items under `#[cfg(test)]`, functions under `#[test]`, and files that hold fixtures or tests
//! alone are left out.

use proc_macro2::{LineColumn, TokenStream, TokenTree};
use quote::ToTokens;
use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};
use syn::{
    Attribute, Block, Meta, Visibility,
    spanned::Spanned,
    visit::{self, Visit},
};

/// A function with a body.
#[derive(Debug, Clone)]
pub struct Function {
    /// Its file, below the folder measured.
    pub file: PathBuf,
    /// Its name.
    pub name: String,
    /// The line it begins on.
    pub line: usize,
    /// Lines from its signature to its closing brace.
    pub lines: usize,
    /// Tokens of its signature and body; a pair of brackets is two.
    pub tokens: usize,
    /// Comments inside its body.
    pub comments: usize,
}

/// All that was measured.
#[derive(Debug, Default)]
pub struct House {
    /// Every function.
    pub functions: Vec<Function>,
    /// Code lines of each file, without blanks, comments and tests.
    pub files: Vec<(PathBuf, usize)>,
    /// Letters of all code lines.
    letters: usize,
    /// Code lines of more than so many letters.
    wide: usize,
    comments: usize,
    comments_no_doc: usize,
    test_lines: usize,
    public: usize,
    documented: usize,
    calls: Calls,
}

/// How often the code does what it should seldom or never do.
#[derive(Debug, Default)]
struct Calls {
    unwraps: usize,
    clones: usize,
    casts: usize,
    allows: usize,
    unsafes: usize,
}

/// Letters of a wide line.
const WIDE: usize = 100;

/// Measures every Rust file below a folder.
pub fn measure(folder: &Path) -> House {
    let mut house = House::default();
    let mut files = Vec::new();
    collect(folder, &mut files);
    files.sort();
    for path in files {
        let text = fs::read_to_string(&path).unwrap();
        let name = path.strip_prefix(folder).unwrap().to_path_buf();
        match is_for_tests(&name) {
            true => house.test_lines += code_lines(&text, &BTreeSet::new()).count(),
            false => house.add(name, &text),
        }
    }
    house
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            files.push(path);
        }
    }
}

fn is_for_tests(name: &Path) -> bool {
    let stem = name.file_stem().unwrap_or_default().to_string_lossy();
    ["test", "fixture"].iter().any(|word| stem.contains(word)) || name.starts_with("tests")
}

/// Lines with code on them, by their number from 1, without those of tests.
fn code_lines<'t>(
    text: &'t str,
    tests: &'t BTreeSet<usize>,
) -> impl Iterator<Item = (usize, &'t str)> {
    let lines = text
        .lines()
        .enumerate()
        .map(|(place, line)| (place + 1, line));
    let is_code = |line: &str| !line.trim().is_empty() && !line.trim_start().starts_with("//");
    lines.filter(move |(number, line)| is_code(line) && !tests.contains(number))
}

impl House {
    fn add(&mut self, name: PathBuf, text: &str) {
        let file =
            syn::parse_file(text).unwrap_or_else(|error| panic!("{}: {error}", name.display()));
        let mut walk = Walk {
            file: &name,
            text,
            functions: Vec::new(),
            tests: BTreeSet::new(),
            public: (0, 0),
            calls: Calls::default(),
        };
        walk.visit_file(&file);
        let Walk {
            functions,
            tests,
            public,
            calls,
            ..
        } = walk;
        self.functions.extend(functions);
        self.public += public.0;
        self.documented += public.1;
        self.calls.add(&calls);
        self.test_lines += tests.len();
        let code: Vec<&str> = code_lines(text, &tests).map(|(_, line)| line).collect();
        self.letters += code
            .iter()
            .map(|line| line.trim_start().chars().count())
            .sum::<usize>();
        self.wide += code
            .iter()
            .filter(|line| line.chars().count() > WIDE)
            .count();
        let comments = text
            .lines()
            .enumerate()
            .filter(|(place, _)| !tests.contains(&(place + 1)));
        let comments: Vec<&str> = comments
            .map(|(_, line)| line.trim_start())
            .filter(|line| line.starts_with("//"))
            .collect();
        self.comments += comments.len();
        self.comments_no_doc += comments
            .iter()
            .filter(|line| !line.starts_with("///") && !line.starts_with("//!"))
            .count();
        self.files.push((name, code.len()));
    }

    /// Code lines in all.
    pub fn code(&self) -> usize {
        self.files.iter().map(|(_, lines)| lines).sum()
    }

    /// Tokens of a function: the value below which this share of all functions lies.
    pub fn tokens(&self, share: f64) -> usize {
        quantile(self.functions.iter().map(|function| function.tokens), share)
    }

    /// The densest functions, the densest first.
    pub fn densest(&self, count: usize) -> Vec<&Function> {
        let mut all: Vec<&Function> = self.functions.iter().collect();
        all.sort_by_key(|function| std::cmp::Reverse(function.tokens));
        all.truncate(count);
        all
    }

    /// The figures by name, in the order of [`ANCHORS`].
    pub fn figures(&self) -> Vec<(&'static str, String)> {
        let (code, lines) = (self.code(), |share| {
            quantile(self.functions.iter().map(|function| function.lines), share)
        });
        let files = |share| quantile(self.files.iter().map(|(_, lines)| *lines), share);
        let per_thousand = |count: usize| format!("{:.1}", 1000.0 * count as f64 / code as f64);
        let percent = |part: usize, of: usize| format!("{:.1} %", 100.0 * part as f64 / of as f64);
        vec![
            ("code lines", code.to_string()),
            ("functions", self.functions.len().to_string()),
            (
                "lines a function: median / p90 / max",
                format!("{} / {} / {}", lines(0.5), lines(0.9), lines(1.0)),
            ),
            (
                "functions over 60 lines",
                self.functions
                    .iter()
                    .filter(|function| function.lines > 60)
                    .count()
                    .to_string(),
            ),
            (
                "tokens a function: median / p90 / p99 / max",
                format!(
                    "{} / {} / {} / {}",
                    self.tokens(0.5),
                    self.tokens(0.9),
                    self.tokens(0.99),
                    self.tokens(1.0)
                ),
            ),
            (
                "mean code line, letters",
                format!("{:.0}", self.letters as f64 / code as f64),
            ),
            ("code lines over 100 letters", self.wide.to_string()),
            (
                "lines a file: median / p90 / max",
                format!("{} / {} / {}", files(0.5), files(0.9), files(1.0)),
            ),
            (
                "public items",
                format!(
                    "{} ({} documented)",
                    self.public,
                    percent(self.documented, self.public)
                ),
            ),
            (
                "comment share / of it not documentation",
                format!(
                    "{} / {}",
                    percent(self.comments, self.comments + code),
                    percent(self.comments_no_doc, self.comments)
                ),
            ),
            (
                "unwrap and expect a thousand lines",
                per_thousand(self.calls.unwraps),
            ),
            ("clone a thousand lines", per_thousand(self.calls.clones)),
            ("as casts a thousand lines", per_thousand(self.calls.casts)),
            (
                "allow attributes / unsafe",
                format!("{} / {}", self.calls.allows, self.calls.unsafes),
            ),
            (
                "test lines in src to a code line",
                format!("{:.2}", self.test_lines as f64 / code as f64),
            ),
        ]
    }
}

fn quantile(values: impl Iterator<Item = usize>, share: f64) -> usize {
    let mut values: Vec<usize> = values.collect();
    values.sort_unstable();
    let place = ((values.len() as f64 - 1.0) * share).round() as usize;
    values.get(place).copied().unwrap_or(0)
}

impl Calls {
    fn add(&mut self, other: &Calls) {
        self.unwraps += other.unwraps;
        self.clones += other.clones;
        self.casts += other.casts;
        self.allows += other.allows;
        self.unsafes += other.unsafes;
    }
}

/// One file as it is walked.
struct Walk<'a> {
    file: &'a Path,
    text: &'a str,
    functions: Vec<Function>,
    /// Lines of tests.
    tests: BTreeSet<usize>,
    /// Public items, and those with a word.
    public: (usize, usize),
    calls: Calls,
}

impl Walk<'_> {
    fn function(&mut self, signature: &syn::Signature, body: &Block) {
        let (from, to) = (signature.span().start(), body.span().end());
        let inside = self.text.lines().skip(from.line).take(to.line - from.line);
        self.functions.push(Function {
            file: self.file.to_path_buf(),
            name: signature.ident.to_string(),
            line: from.line,
            lines: to.line - from.line + 1,
            tokens: tokens(signature.to_token_stream()) + tokens(body.to_token_stream()),
            comments: inside
                .filter(|line| line.trim_start().starts_with("//"))
                .count(),
        });
    }

    fn public(&mut self, visibility: &Visibility, attributes: &[Attribute]) {
        if matches!(visibility, Visibility::Public(_)) {
            self.public.0 += 1;
            self.public.1 += usize::from(
                attributes
                    .iter()
                    .any(|attribute| attribute.path().is_ident("doc")),
            );
        }
    }

    fn skip(&mut self, from: LineColumn, to: LineColumn) {
        self.tests.extend(from.line..=to.line);
    }
}

/// Tokens of a stream; a pair of brackets is two.
fn tokens(stream: TokenStream) -> usize {
    let count = |tree| match tree {
        TokenTree::Group(group) => 2 + tokens(group.stream()),
        TokenTree::Ident(_) | TokenTree::Punct(_) | TokenTree::Literal(_) => 1,
    };
    stream.into_iter().map(count).sum()
}

/// Whether an item is there for tests alone.
pub fn is_test(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| match &attribute.meta {
        Meta::Path(path) => path.is_ident("test"),
        Meta::List(list) => list.path.is_ident("cfg") && list.tokens.to_string().contains("test"),
        Meta::NameValue(_) => false,
    })
}

fn attributes_of(item: &syn::Item) -> (&[Attribute], Option<&Visibility>) {
    match item {
        syn::Item::Const(item) => (&item.attrs, Some(&item.vis)),
        syn::Item::Enum(item) => (&item.attrs, Some(&item.vis)),
        syn::Item::Fn(item) => (&item.attrs, Some(&item.vis)),
        syn::Item::Mod(item) => (&item.attrs, None),
        syn::Item::Static(item) => (&item.attrs, Some(&item.vis)),
        syn::Item::Struct(item) => (&item.attrs, Some(&item.vis)),
        syn::Item::Trait(item) => (&item.attrs, Some(&item.vis)),
        syn::Item::Type(item) => (&item.attrs, Some(&item.vis)),
        syn::Item::Use(item) => (&item.attrs, None),
        syn::Item::Impl(item) => (&item.attrs, None),
        syn::Item::Macro(item) => (&item.attrs, None),
        _ => (&[], None),
    }
}

impl<'ast> Visit<'ast> for Walk<'_> {
    fn visit_item(&mut self, item: &'ast syn::Item) {
        let (attributes, visibility) = attributes_of(item);
        if is_test(attributes) {
            return self.skip(item.span().start(), item.span().end());
        }
        if let Some(visibility) = visibility {
            self.public(visibility, attributes);
        }
        visit::visit_item(self, item);
    }

    fn visit_item_fn(&mut self, function: &'ast syn::ItemFn) {
        self.function(&function.sig, &function.block);
        visit::visit_item_fn(self, function);
    }

    fn visit_impl_item_fn(&mut self, function: &'ast syn::ImplItemFn) {
        if is_test(&function.attrs) {
            return self.skip(function.span().start(), function.span().end());
        }
        self.public(&function.vis, &function.attrs);
        self.function(&function.sig, &function.block);
        visit::visit_impl_item_fn(self, function);
    }

    fn visit_trait_item_fn(&mut self, function: &'ast syn::TraitItemFn) {
        if let Some(body) = &function.default {
            self.function(&function.sig, body);
        }
        visit::visit_trait_item_fn(self, function);
    }

    fn visit_expr_method_call(&mut self, call: &'ast syn::ExprMethodCall) {
        self.calls.unwraps += usize::from(call.method == "unwrap" || call.method == "expect");
        self.calls.clones += usize::from(call.method == "clone");
        visit::visit_expr_method_call(self, call);
    }

    fn visit_expr_cast(&mut self, cast: &'ast syn::ExprCast) {
        self.calls.casts += 1;
        visit::visit_expr_cast(self, cast);
    }

    fn visit_expr_unsafe(&mut self, expression: &'ast syn::ExprUnsafe) {
        self.calls.unsafes += 1;
        visit::visit_expr_unsafe(self, expression);
    }

    fn visit_attribute(&mut self, attribute: &'ast Attribute) {
        self.calls.allows += usize::from(attribute.path().is_ident("allow"));
        visit::visit_attribute(self, attribute);
    }
}

/// The law of the house, in tokens: half of all functions are short enough to be read at a glance, and none is a wall.
#[cfg(test)]
mod law {
    use super::*;

    const MEDIAN: usize = 70;
    const NINETY_NINTH: usize = 300;
    /// Lines of the longest function.
    const LONGEST: usize = 60;

    #[test]
    fn functions_are_short_in_tokens() {
        let house = measure(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
        assert!(house.functions.len() > 1000, "functions are seen");
        let dense: Vec<String> = house
            .densest(30)
            .iter()
            .map(|function| format!("{function:?}"))
            .collect();
        let longest = house.functions.iter().max_by_key(|function| function.lines);
        let is_long = longest.is_some_and(|function| function.lines > LONGEST);
        assert!(!is_long, "{longest:?} is longer than {LONGEST} lines");
        let (median, high) = (house.tokens(0.5), house.tokens(0.99));
        assert!(
            median <= MEDIAN,
            "half of all functions have more than {median} tokens"
        );
        assert!(
            high <= NINETY_NINTH,
            "one function in a hundred has more than {high} tokens:\n{}",
            dense.join("\n")
        );
        assert_eq!(
            (house.calls.unwraps, house.calls.allows, house.calls.unsafes),
            (0, 0, 0)
        );
    }

    /// What the densest functions do that a reader cannot see at once is said inside them.
    #[test]
    fn the_densest_functions_hold_a_comment() {
        let house = measure(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
        for function in house.densest(20) {
            assert!(
                function.comments > 0,
                "{} in {} says nothing inside",
                function.name,
                function.file.display()
            );
        }
    }

    #[test]
    fn a_function_is_counted_as_rust_splits_it() {
        let mut house = House::default();
        let text = "//! File.\n\n/// Doc.\npub fn two(a: u8) -> u8 {\n    // Why.\n    a.clone() + 1 as u8\n}\n#[cfg(test)]\nmod tests {\n    fn t() { x.unwrap() }\n}\n";
        house.add(PathBuf::from("x.rs"), text);
        let [function] = &house.functions[..] else {
            panic!("{:?}", house.functions)
        };
        // fn two ( a : u8 ) -> u8 { a . clone ( ) + 1 as u8 }: the arrow is two.
        assert_eq!(
            (
                function.tokens,
                function.lines,
                function.line,
                function.comments
            ),
            (21, 4, 4, 1)
        );
        assert_eq!(
            (
                house.code(),
                house.public,
                house.documented,
                house.test_lines
            ),
            (3, 1, 1, 4)
        );
        assert_eq!(
            (house.calls.clones, house.calls.casts, house.calls.unwraps),
            (1, 1, 0)
        );
        assert_eq!((house.comments, house.comments_no_doc), (3, 1));
        let figures = house.figures();
        assert!(
            figures.contains(&("public items", "1 (100.0 % documented)".to_string())),
            "{figures:?}"
        );
    }
}
