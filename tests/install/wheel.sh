#!/usr/bin/env bash
# Builds the Python wheel that carries the binary, installs it into a fresh environment without an index, and makes the README's first
# report with it: every byte must be that of the binary cargo built.
#
#   tests/install/wheel.sh                              the dev build that is there, in seconds; CI
#   PROFILE=dist ZIG=1 tests/install/wheel.sh dist      what is published for Linux: optimised, for GLIBC 2.17; the wheel stays in dist/
#
# AUDITABLE=1 writes the list of dependencies into the binary (cargo-auditable must be installed).
set -euo pipefail
. "$(dirname "$0")/common.sh"
profile=${PROFILE:-dev}
# The oldest GLIBC that manylinux2014 promises.
oldest_glibc=2.17
temporary=$(mktemp -d)
trap 'rm -rf "$temporary"' EXIT
wheels=${1:-$temporary/wheels}
cd "$root"

say "building the wheel, profile $profile"
packages=("$(pinned maturin)")
options=(--profile "$profile" --locked --out "$wheels")
case "$(uname -s)" in
  Linux) options+=(--compatibility "$([ -n "${ZIG:-}" ] && echo manylinux2014 || echo linux)") ;;
esac
if [ -n "${ZIG:-}" ]; then packages+=("$(pinned ziglang)"); options+=(--zig); fi
environment "$temporary/tools" "${packages[@]}"
if [ -n "${AUDITABLE:-}" ]; then
  # maturin calls the cargo that CARGO names.
  cargo=$(command -v cargo)
  printf '#!/bin/sh\nunset CARGO\nexec "%s" auditable "$@"\n' "$cargo" > "$temporary/cargo"
  chmod +x "$temporary/cargo"
  export CARGO=$temporary/cargo
fi
PATH="$temporary/tools/$programs:$PATH" maturin build "${options[@]}" --quiet
unset CARGO
wheel=$(ls -t "$wheels"/*.whl | head -1)

say "what is in it"
"$python" - "$wheel" <<'PYTHON'
import sys, zipfile
wheel = zipfile.ZipFile(sys.argv[1])
names = wheel.namelist()
info = next(name.split("/")[0] for name in names if ".dist-info/" in name)
for name in ["LICENSE-APACHE", "LICENSE-MIT", "NOTICE", "assets/fonts/OFL.txt"]:
    assert f"{info}/licenses/{name}" in names, f"{name} is not in the wheel"
assert f"{info}/sboms/niggle.cyclonedx.json" in names, "the list of components is not in the wheel"
metadata = wheel.read(f"{info}/METADATA").decode()
for line in ["Name: niggle", "License-Expression: MIT OR Apache-2.0", "Summary: ", "Description-Content-Type: text/markdown"]:
    assert line in metadata, f"{line} is not in METADATA"
programs = [name for name in names if ".data/scripts/" in name]
assert len(programs) == 1, f"one program, not {programs}"
code = sorted(name for name in names if name.endswith(".py"))
ours = ["__init__", "child", "spark/__init__", "spark/__main__", "spark/cohort", "spark/work"]
assert code == [f"niggle/{name}.py" for name in ours], f"the Python code of python/niggle and no other, not {code}"
assert "Provides-Extra: spark" in metadata and "\nRequires-Dist: pyspark" in metadata, "the engine is an extra"
required = [line for line in metadata.splitlines() if line.startswith("Requires-Dist: ") and "extra ==" not in line]
assert not required, f"without an extra it needs nothing, not {required}"
PYTHON

say "into a fresh environment, without an index"
environment "$temporary/home"
"$temporary/home/$programs/python" -m pip install --quiet --disable-pip-version-check --no-index "$wheel"
installed=$temporary/home/$programs/niggle$exe
[ "$("$installed" --version)" = "niggle $(sed -n 's/^version = "\(.*\)"$/\1/p' Cargo.toml | head -1)" ] || fail "the wheel's niggle is of another version"

# Python finds the program that came with it, and without pyspark says what is missing.
found=$("$temporary/home/$programs/python" -c 'from niggle import child; print(child.program())')
[ "$found" -ef "$installed" ] || fail "Python finds $found and not $installed"
said=$("$temporary/home/$programs/python" -c 'import niggle.spark' 2>&1 || true)
[[ "$said" == *"pip install niggle[spark]" ]] || fail "without pyspark nothing says what to install: $said"

say "the first report, beside that of the cargo build"
cargo build --quiet --locked
"$installed" report sample_data --out "$temporary/installed" --quiet
"target/debug/niggle$exe" report sample_data --out "$temporary/cargo-build" --quiet
diff -r "$temporary/installed" "$temporary/cargo-build" || fail "the wheel's report differs"
[ -s "$temporary/installed/report.html" ] || fail "there is no page"

say "$(basename "$wheel"): $(size "$wheel") bytes, the program $(size "$installed") bytes, niggle --version $(median_start "$installed" --version) ms (median of 20)"
if [ "$(uname -s)" = Linux ] && command -v nm > /dev/null; then
  glibc=$(nm -D "$installed" | grep -o 'GLIBC_[0-9.]*' | sed 's/GLIBC_//' | sort -uV | tail -1)
  say "the newest GLIBC it asks for is $glibc"
  if [ -n "${ZIG:-}" ]; then
    [ "$(printf '%s\n' "$glibc" "$oldest_glibc" | sort -V | tail -1)" = "$oldest_glibc" ] || fail "GLIBC $glibc is newer than $oldest_glibc"
  fi
fi
