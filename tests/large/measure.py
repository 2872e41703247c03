"""Time and peak memory of a command, and how long it goes on after Ctrl-C in its middle: measure.py NAME FOLDER COMMAND..."""

import os
import signal
import subprocess
import sys
import time

name, folder, command = sys.argv[1], sys.argv[2], sys.argv[3:]


def ended(process):
    _, status, usage = os.wait4(process.pid, 0)
    return status, usage


began = time.monotonic()
status, usage = ended(subprocess.Popen(command, cwd=folder))
wall = time.monotonic() - began
assert status == 0, (name, status)

process = subprocess.Popen(command, cwd=folder, stderr=subprocess.DEVNULL)
time.sleep(wall / 3)
process.send_signal(signal.SIGINT)
asked = time.monotonic()
status, _ = ended(process)
stop = time.monotonic() - asked

cpu = usage.ru_utime + usage.ru_stime
print(f"{name}: {wall:.1f} s of the clock, {cpu:.1f} s of CPU, {usage.ru_maxrss / 1024:.0f} MB at most; stopped {stop:.2f} s after Ctrl-C")
