"""Large inputs, invented: python tests/large/make.py KIND FOLDER

zip     one archive of 100,000 entries, of which every hundredth is a run
log     a pain log of 200,000 rows over 30 years
apple   an Apple Health export.zip whose export.xml is 2 GB long
"""

import datetime
import pathlib
import sys
import zipfile

FIRST = datetime.datetime(1996, 1, 1, 7, 0)


def run(day):
    start = FIRST + datetime.timedelta(days=day)
    points = "".join(
        f'<trkpt lat="{51 + step * 7.2e-4:.5f}" lon="13.5"><time>{(start + datetime.timedelta(seconds=30 * step)):%Y-%m-%dT%H:%M:%SZ}</time></trkpt>'
        for step in range(61)
    )
    return f'<gpx version="1.1" creator="invented"><trk><type>running</type><trkseg>{points}</trkseg></trk></gpx>'


def make_zip(folder):
    with zipfile.ZipFile(folder / "export.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for entry in range(100_000):
            if entry % 100 == 0:
                archive.writestr(f"activities/{entry}.gpx", run(entry // 100 * 2))
            else:
                archive.writestr(f"media/{entry}.jpg", b"\xff\xd8\xff\xe0 invented")


def make_log(folder):
    places = ["left knee", "right calf", "left achilles", "right hip", "left shin"]
    moments = ["morning", "during", "after", "evening"]
    with open(folder / "pain.csv", "w") as log:
        log.write("date,moment,site,pain\n")
        for row in range(200_000):
            day = FIRST + datetime.timedelta(days=row * 10_950 // 200_000)
            log.write(f"{day:%Y-%m-%d},{moments[row % 4]},{places[row // 4 % 5]},{(row * 7 // 20) % 4}\n")
    (folder / "run.gpx").write_text(run(10_900))


def make_apple(folder):
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<HealthData locale="en_US">\n'
    beat = (
        ' <Record type="HKQuantityTypeIdentifierHeartRate" sourceName="Watch" unit="count/min" creationDate="{0} +0000" '
        'startDate="{0} +0000" endDate="{0} +0000" value="{1}"/>\n'
    )
    workout = (
        ' <Workout workoutActivityType="HKWorkoutActivityTypeRunning" duration="30" durationUnit="min" sourceName="Watch" '
        'startDate="{0} +0000" endDate="{1} +0000"><WorkoutStatistics type="HKQuantityTypeIdentifierDistanceWalkingRunning" '
        'startDate="{0} +0000" endDate="{1} +0000" sum="5" unit="km"/></Workout>\n'
    )
    with zipfile.ZipFile(folder / "export.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        with archive.open("apple_health_export/export.xml", "w", force_zip64=True) as xml:
            written, step = xml.write(head.encode()), 0
            while written < 2_000_000_000:
                moment = FIRST + datetime.timedelta(minutes=2 * step)
                lines = "".join(
                    beat.format(f"{moment + datetime.timedelta(seconds=second):%Y-%m-%d %H:%M:%S}", 60 + (step + second) % 90)
                    for second in range(0, 120, 5)
                )
                if step % 720 == 0:
                    lines += workout.format(f"{moment:%Y-%m-%d %H:%M:%S}", f"{moment + datetime.timedelta(minutes=30):%Y-%m-%d %H:%M:%S}")
                written, step = written + xml.write(lines.encode()), step + 1
            xml.write(b"</HealthData>\n")


if __name__ == "__main__":
    kind, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    {"zip": make_zip, "log": make_log, "apple": make_apple}[kind](folder)
