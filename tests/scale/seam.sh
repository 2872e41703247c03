#!/usr/bin/env bash
# The contract of docs/scale.md, without an engine: sixteen shards two at a time, one killed and made again, in another order, are the
# report of one process byte for byte; and every exit code that an engine goes by.
set -euo pipefail
. "$(dirname "$0")/common.sh"
runners
plan=$work/plan.json
"$niggle" plan "$club" --shards $shards --out "$plan" --quiet

# shard NUMBER OUT [OPTION...]
shard() { "$niggle" shard --plan "$plan" --root "$club" --shard "$1" --out "$2" --jobs 1 "${@:3}"; }
report() {
  "$niggle" verify-shards "$1" > "$work/verified"
  "$niggle" cohort --from-shards "$1" --out "$2" --quiet
}

say "sixteen shards, two at a time; the one of the broken recordings is killed while it reads"
export niggle plan club work here
xargs -P 2 -I{} bash -c '
  first=$([ {} = 6 ] && echo "$here/killed_once.sh $work/mark")
  $first "$niggle" shard --verbose --plan "$plan" --root "$club" --shard {} --out "$work/shards" --jobs 1 > "$work/receipt-{}" 2> "$work/said-{}" || echo "{} $?"
' <<< "$(seq 0 $((shards - 1)))" > "$work/failed"
[ "$(cat "$work/failed")" = "6 137" ] || fail "one shard is killed, and no other fails: $(cat "$work/failed")"
[ ! -e "$work/shards/receipts/00006.json" ] || fail "a shard that was killed has a receipt"
code 65 "verify-shards without that shard" "$niggle" verify-shards "$work/shards"
shard 6 "$work/shards" > "$work/receipt-6"
report "$work/shards" "$work/report"
same "$work/report" "made again"

say "a second time nothing is made, and the receipts are the same"
before=$(find "$work/shards" -type f -name 'part-0*' -printf '%p %T@\n' | sort)
shard 6 "$work/shards" | cmp - "$work/receipt-6"
[ "$before" = "$(find "$work/shards" -type f -name 'part-0*' -printf '%p %T@\n' | sort)" ] || fail "files were written again"

say "in another order, in one that was torn"
seq $((shards - 1)) -1 0 | xargs -P 2 -I{} bash -c '"$niggle" shard --plan "$plan" --root "$club" --shard {} --out "$work/other" --jobs 1 >/dev/null'
diff -r -x _SUCCESS.json "$work/shards" "$work/other" || fail "the order of the shards changes their bytes"
torn=$work/other/weeks/shard=00003/part-0.parquet
head -c 1000 "$torn" > "$work/torn" && mv "$work/torn" "$torn"
code 65 "a receipt whose table is not as it says" "$niggle" verify-shards "$work/other"
shard 3 "$work/other" >/dev/null
report "$work/other" "$work/other-report"
same "$work/other-report" "another order"

say "what an engine is told"
sed 's/"runs":[0-9]*/"runs":1/; s/[0-9a-f]\{64\}"}]}$/0000000000000000000000000000000000000000000000000000000000000000"}]}/' \
  "$work/other/receipts/00005.json" > "$work/lie" && mv "$work/lie" "$work/other/receipts/00005.json"
code 65 "a receipt that lies" "$niggle" verify-shards "$work/other"
code 65 "a report from it" "$niggle" cohort --from-shards "$work/other" --out "$work/none"
[ ! -e "$work/none" ] || fail "a report was written from shards that are not whole"
echo '{"shards": 3}' > "$work/bad.json"
code 65 "a bad plan" "$niggle" shard --plan "$work/bad.json" --root "$club" --shard 0 --out "$work/out"
sed 's/"niggle_version": "[^"]*"/"niggle_version": "0.0.1"/' "$plan" > "$work/old.json"
code 65 "a plan of another version" "$niggle" shard --plan "$work/old.json" --root "$club" --shard 0 --out "$work/out"
code 65 "a shard that the plan does not have" shard $shards "$work/out"
[ ! -e "$work/out" ] || fail "something was written by a plan that cannot be used"
"$niggle" plan "$club" --shards 3 --out "$work/three.json" --quiet
code 65 "another plan in the folder" "$niggle" shard --plan "$work/three.json" --root "$club" --shard 0 --out "$work/shards"
code 74 "a folder that is not mounted" "$niggle" shard --plan "$plan" --root "$work/nowhere" --shard 0 --out "$work/out"
code 74 "a plan that is not there yet" "$niggle" shard --plan "$work/nowhere" --root "$club" --shard 0 --out "$work/out"
code 2 "an option that there is not" "$niggle" shard --plan "$plan" --nothing

# As somebody who may not: root may everything, so that root becomes nobody.
if [ "$(id -u)" = 0 ]; then
  chmod 711 "$work"
  cp "$niggle" "$work/niggle" && nobody=(setpriv --reuid=65534 --regid=65534 --clear-groups "$work/niggle")
else
  nobody=("$niggle")
fi
mkdir -m 700 "$work/closed" && mkdir -m 777 "$work/open"
cp "$plan" "$work/closed/plan.json" && cp -r "$club/runner-01" "$work/closed"
[ "$(id -u)" = 0 ] || chmod 000 "$work/closed"
code 77 "a plan that may not be read" "${nobody[@]}" shard --plan "$work/closed/plan.json" --root "$club" --shard 0 --out "$work/open/out"
chmod 644 "$plan"
code 77 "runners who may not be read" "${nobody[@]}" shard --plan "$plan" --root "$work/closed" --shard 0 --out "$work/open/out"
chmod 700 "$work/closed"

small=$work/small && mkdir "$small"
if mount -t tmpfs -o size=64k none "$small" 2>/dev/null; then
  trap 'umount "$small"; rm -rf "$work"' EXIT
  code 74 "a full disk" shard 0 "$small/shards"
  [ ! -e "$small/shards/receipts/00000.json" ] || fail "a shard on a full disk has a receipt"
  mount -o remount,size=8m "$small"
  shard 0 "$small/shards" | cmp - "$work/receipt-0" || fail "a shard made again on a disk with room differs"
else
  say "a small disk may not be mounted here: a full disk was NOT tried"
fi
