# What the scripts of this folder share: Python, environments, and how long a program takes. Sourced, not run.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
python=$(command -v python3 || command -v python) || { echo "there is no Python 3: the wheel was NOT looked at"; exit 1; }
# On Windows every program has its ending, and an environment its own name for the folder of programs.
case "$(uname -s)" in
  MINGW* | MSYS* | CYGWIN*) programs=Scripts exe=.exe ;;
  *) programs=bin exe= ;;
esac

say() { printf -- '-- %s\n' "$*"; }
fail() { echo "$*" >&2; exit 1; }

# A new environment that cannot see the packages of the machine: environment FOLDER [PACKAGE...]
environment() {
  local folder=$1; shift
  "$python" -m venv "$folder" || fail "Python's venv is missing (Debian: python3-venv)"
  [ $# -eq 0 ] || "$folder/$programs/python" -m pip install --quiet --disable-pip-version-check "$@"
}

# The line of a package in requirements.txt: pinned maturin
pinned() { grep -o "^$1==[0-9.]*" "$root/tests/install/requirements.txt"; }

# Bytes of a file.
size() { wc -c < "$1" | tr -d ' '; }

# The median of 20 starts, in milliseconds: median_start PROGRAM ARGUMENT...
median_start() {
  "$python" - "$@" <<'PYTHON'
import subprocess, sys, time
took = []
for _ in range(20):
    start = time.perf_counter()
    subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)
    took.append(time.perf_counter() - start)
took.sort()
print(f"{(took[9] + took[10]) / 2 * 1000:.1f}")
PYTHON
}
