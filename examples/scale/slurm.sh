#!/bin/bash
#SBATCH --job-name=niggle --array=0-15%8 --cpus-per-task=1 --mem=1G --time=02:00:00 --requeue --open-mode=append
# A cohort on Slurm, a shard a task. First, once:   niggle plan "$ROOT" --shards 16 --out "$WORK/plan.json"
#   then:      job=$(ROOT=/data/club WORK=/scratch/me/club sbatch --parsable slurm.sh)
#   at last:   sbatch --dependency=afterok:$job --wrap "niggle verify-shards $WORK/shards && niggle cohort --from-shards $WORK/shards --out $WORK/report"
srun niggle shard --plan "$WORK/plan.json" --root "$ROOT" --shard "$SLURM_ARRAY_TASK_ID" --out "$WORK/shards" --jobs "$SLURM_CPUS_PER_TASK"
code=$?
# A second try changes nothing about 2, 65 and 77. Everything else (74, a signal, memory) goes back into the queue, three times.
case $code in 0 | 2 | 65 | 77) exit $code ;; esac
[ "${SLURM_RESTART_COUNT:-0}" -lt 3 ] && scontrol requeue "$SLURM_JOB_ID"
exit $code
