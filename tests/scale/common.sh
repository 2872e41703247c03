# What the scripts of this folder share: the program, the invented runners, and what one process makes of them. Sourced, not run.
#
# SCALE names a folder that several of them share, so that the runners and the report of one process are made once.

. "$(dirname "${BASH_SOURCE[0]}")/../install/common.sh"
# The line of a package in the requirements of this folder.
pinned() { grep -o "^$1==[0-9.]*" "$root/tests/scale/requirements.txt"; }
# What runs from the tree leaves nothing in it.
export PYTHONDONTWRITEBYTECODE=1
here=$root/tests/scale
niggle=${NIGGLE_BIN:-$root/target/debug/niggle}
unset NIGGLE_BIN
[ -x "$niggle" ] || fail "there is no $niggle: cargo build, or name the program in NIGGLE_BIN"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
scale=${SCALE:-$work}
club=$scale/club
one=$scale/one
shards=16

# Sixteen invented runners, and the report that one process makes: everything else must have its bytes.
runners() {
  if [ ! -d "$one" ]; then
    "$python" "$here/club.py" "$club"
    "$niggle" cohort "$club" --out "$one.unfinished" --quiet
    mv "$one.unfinished" "$one"
  fi
}

# Fails unless a report is that of one process, byte for byte.
same() {
  diff -r "$one" "$1" || fail "$2: the report is not that of one process"
  say "$2: $(find "$1" -type f | wc -l) files, byte for byte those of one process"
}

# Ends with the code that is expected, and says why in the words of the program: code 65 "a plan of another version" niggle shard ...
code() {
  local expected=$1 what=$2 said got=0
  shift 2
  said=$("$@" 2>&1 >/dev/null) || got=$?
  [ "$got" = "$expected" ] || fail "$what: exit code $got instead of $expected ($said)"
  say "$what: $expected"
}

# Sets `python` to that of an environment with an engine: engine NAME PACKAGE... One that was made before, below SCALE, is taken.
engine() {
  local folder=$scale/python-$1 name packages=()
  shift
  for name in "$@" pyarrow pandas; do packages+=("$(pinned "$name")"); done
  if [ ! -d "$folder" ]; then
    environment "$folder" "${packages[@]}" || fail "${packages[*]} could not be installed: $(basename "$0") was NOT run"
    say "${packages[*]} after $SECONDS s, $(du -sm "$folder" | cut -f1) MB"
  fi
  python=$folder/bin/python
}

# What is missing of Debian's packages: packages COMMAND=PACKAGE...
packages() {
  local needed=() pair
  for pair in "$@"; do command -v "${pair%%=*}" >/dev/null || needed+=("${pair#*=}"); done
  [ ${#needed[@]} -eq 0 ] && return
  (apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${needed[@]}") >/dev/null \
    || fail "${needed[*]} could not be installed: $(basename "$0") was NOT run"
}
