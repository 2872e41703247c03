#!/usr/bin/env bash
# Slurm on this machine alone: a controller and two nodes on the loopback address run the job array of examples/scale/slurm.sh; the step of
# one task is killed with SIGKILL and goes back into the queue.
set -euo pipefail
. "$(dirname "$0")/common.sh"
packages slurmctld=slurmctld slurmd=slurmd sbatch=slurm-client
[ "$(id -u)" = 0 ] || fail "slurmd needs root: slurm.sh was NOT run"
runners

state=$work/slurm
mkdir -p "$state"/{ctld,d1,d2,bin}
chmod 755 "$work"
cat > "$state/slurm.conf" <<CONF
ClusterName=niggle
SlurmctldHost=$(hostname -s)(127.0.0.1)
SlurmctldPort=16817
SlurmUser=root
# Neither munge nor cgroups: nothing here is anybody else's.
AuthType=auth/none
CredType=cred/none
# How long a task waits that goes back into the queue: 120 s unless told otherwise.
AuthInfo=cred_expire=5
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
CommunicationParameters=NoCtldInAddrAny,NoInAddrAny
StateSaveLocation=$state/ctld
SlurmdSpoolDir=$state/%n
SlurmctldPidFile=$state/ctld.pid
SlurmdPidFile=$state/%n.pid
SlurmctldLogFile=$state/ctld.log
SlurmdLogFile=$state/%n.log
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
ReturnToService=2
MpiDefault=none
SchedulerParameters=batch_sched_delay=1,sched_interval=2
NodeName=d1 NodeHostname=$(hostname -s) NodeAddr=127.0.0.1 Port=16818 CPUs=1 RealMemory=1024
NodeName=d2 NodeHostname=$(hostname -s) NodeAddr=127.0.0.1 Port=16819 CPUs=1 RealMemory=1024
PartitionName=all Nodes=d1,d2 Default=YES MaxTime=INFINITE State=UP
CONF
export SLURM_CONF=$state/slurm.conf
slurmctld -D -c > "$state/ctld.out" 2>&1 & daemons=($!)
for node in d1 d2; do slurmd -D -N $node > "$state/$node.out" 2>&1 & daemons+=($!); done
stop() { kill "${daemons[@]}" 2>/dev/null || true; wait "${daemons[@]}" 2>/dev/null || true; rm -rf "$work"; }
trap stop EXIT
logs() { tail -n 20 "$state"/*.log "$state"/*.out "$work"/slurm-*.out >&2 2>/dev/null || true; }
# until_true SECONDS WHAT COMMAND...
until_true() {
  local end=$((SECONDS + $1)) what=$2
  shift 2
  until "$@"; do
    [ $SECONDS -lt $end ] || { logs; fail "$what did not come in time: slurm.sh FAILED"; }
    sleep 0.5
  done
}
both_idle() { [ "$(sinfo -h -N -t idle -o %N 2>/dev/null | sort -u | wc -l)" = 2 ]; }
until_true 60 "two idle nodes" both_idle
say "a controller and two nodes after $SECONDS s"

# What the nodes call niggle: the program, one of whose shards is killed the first time.
cat > "$state/bin/niggle" <<NIGGLE
#!/bin/bash
[[ " \$* " == *" --shard 11 "* ]] && exec "$here/killed_once.sh" "$work/mark" "$niggle" "\$@" --verbose
exec "$niggle" "\$@"
NIGGLE
chmod +x "$state/bin/niggle"
export ROOT=$club WORK=$work PATH=$state/bin:$PATH
cd "$work"
"$niggle" plan "$club" --shards $shards --out plan.json --quiet
job=$(sbatch --parsable --mem=512 "$root/examples/scale/slurm.sh")
is_over() { local left; left=$(squeue -h -j "$job" 2>/dev/null) && [ -z "$left" ]; }
until_true 240 "the end of the job array" is_over
[ -s "$work/mark/killed" ] || { logs; fail "no step was killed"; }
[ "$(cat slurm-*.out | grep -c '^{"plan":')" = $shards ] || { logs; fail "sixteen receipts are printed"; }
"$niggle" verify-shards shards || { logs; fail "a shard is missing"; }
"$niggle" cohort --from-shards shards --out report --quiet
same report "Slurm's job array with one step killed and requeued, after $SECONDS s"
