#!/usr/bin/env bash
# A first week with niggle on a machine that has Python and no Rust: the wheel, a first report, three lines in the pain log, a second
# report that says what is new, a gate that is red and green, and findings.json against its own schema by another validator.
#
#   tests/install/first_week.sh [WHEEL]         without a wheel one is made of the dev build that is there
set -euo pipefail
. "$(dirname "$0")/common.sh"
temporary=$(mktemp -d)
trap 'rm -rf "$temporary"' EXIT
wheel=${1:-}
if [ -z "$wheel" ]; then
  "$root/tests/install/wheel.sh" "$temporary/wheels"
  wheel=$(ls "$temporary"/wheels/*.whl)
fi
environment "$temporary/home" "$wheel" "$(pinned jsonschema)"
PATH="$temporary/home/$programs:$PATH"

# What a runner has: a folder with the recordings of some months and the log so far. The report lies in it too; what only this script
# makes lies elsewhere.
week=$temporary/week
mkdir "$week"
cp -R "$root/sample_data/DI_CONNECT" "$root/sample_data/other" "$week"
cp "$root/sample_data/pain_log.csv" "$week/pain.csv"
cd "$week"

# What must end with a code and say a thing: expect CODE WORDS COMMAND...
expect() {
  local code=$1 words=$2 said=0; shift 2
  "$@" > "$temporary/said" 2>&1 || said=$?
  [ "$said" = "$code" ] || { cat "$temporary/said" >&2; fail "$*: ended with $said, not $code"; }
  grep -qiE -- "$words" "$temporary/said" || { cat "$temporary/said" >&2; fail "$*: does not say $words"; }
}

# A value of a report: value REPORT PYTHON-EXPRESSION over its findings.json as `it`
value() { "$temporary/home/$programs/python" -c "import json, sys; it = json.load(open(sys.argv[1], encoding='utf-8')); print($2)" "$1/findings.json"; }

day() { "$temporary/home/$programs/python" -c "import datetime, sys; print(datetime.date.fromisoformat(sys.argv[1]) + datetime.timedelta(int(sys.argv[2])))" "$1" "$2"; }

say "the first report"
expect 0 "the report is" niggle report . --out report
first=$(value report "it['as_of']")
[ -s report/report.html ] || fail "there is no page"
[ "$(value report "it['since']")" = None ] || fail "the first report compares itself with another"

say "three lines in the log"
rows=$(wc -l < pain.csv)
log=$(cat pain.csv)
expect 0 "." niggle pain add none --date "$(day "$first" 1)"
expect 0 "." niggle pain add "left knee" 3 during "stairs" --date "$(day "$first" 2)"
expect 0 "." niggle pain add "right shin" 8 --date "$(day "$first" 3)" --sign night_pain --function stopped
[ "$(wc -l < pain.csv)" -eq $((rows + 3)) ] || fail "pain.csv grew by $(($(wc -l < pain.csv) - rows)) lines, not by three"
[ "$(head -n "$rows" pain.csv)" = "$log" ] || fail "a line that was there changed"
expect 0 "." niggle pain check pain.csv

say "the second report, and what is new"
before=$temporary/before
cp -R report "$before"
expect 0 "the report is" niggle report . --out report
[ "$(value report "it['as_of']")" = "$(day "$first" 3)" ] || fail "the second report is not of the last logged day"
[ "$(value report "it['since'] is not None")" = True ] || fail "the second report does not say what is new since $first"
grep -qi "since" report/report.md || fail "report.md does not say what is new"
expect 0 "." niggle diff "$before/findings.json" report/findings.json

say "a gate, red and green"
# The shin of the third line asks for help; a new report over the same files has nothing new.
expect 10 "see-someone" niggle report . --out "$temporary/gate" --fail-on see-someone
[ -s "$temporary/gate/report.html" ] || fail "a red gate leaves no report"
expect 0 "the report is" niggle report . --out "$temporary/green" --fail-on see-someone --baseline "$temporary/gate/findings.json"
head -c 2000 report/report.html > broken.fit
expect 11 "broken.fit" niggle report . --out "$temporary/strict" --strict
rm broken.fit

say "findings.json against niggle's own schema"
niggle schema findings > "$temporary/findings.schema.json"
"$temporary/home/$programs/python" - "$temporary/findings.schema.json" "$before/findings.json" report/findings.json "$temporary/gate/findings.json" <<'PYTHON'
import json, sys
from jsonschema import validators
schema, *documents = [json.load(open(path, encoding="utf-8")) for path in sys.argv[1:]]
validator = validators.validator_for(schema)
validator.check_schema(schema)
for path, document in zip(sys.argv[2:], documents):
    faults = [f"{path}: {fault.json_path}: {fault.message}" for fault in validator(schema).iter_errors(document)]
    sys.exit("\n".join(faults)) if faults else None
# One that cannot fail says nothing: what is no report of niggle's must not pass.
assert list(validator(schema).iter_errors({**documents[0], "findings": 7})), "the schema takes anything"
PYTHON

say "done: $(niggle --version), $(value report "len(it['findings'])") findings, as of $(value report "it['as_of']")"
