"""What other readers keep of a FIT file of 60 records whose bits are flipped one by one, and that is cut at every byte.

    pip install fitdecode garmin-fit-sdk
    python tests/peers/fit_salvage.py

The figures stand in src/method/limits.md, Salvage; what niggle keeps is in tests/it/every_bit.rs and tests/it/fit_truncation.rs. A record
counts if its time, position and heart rate are those of the whole file.
"""

import io
import pathlib
import warnings

import fitdecode
from garmin_fit_sdk import Decoder, Stream

GOOD = pathlib.Path(__file__).parent.parent / "hostile/fit/00_good_run.fit"
FIELDS = ("timestamp", "position_lat", "position_long", "heart_rate")
FIRST_RECORD, RECORD_BYTES = 94, 23


def of_fitdecode(data):
    """Frame by frame, what came before an error is kept; a wrong checksum is passed over."""
    found = []
    try:
        with fitdecode.FitReader(
            io.BytesIO(data),
            check_crc=fitdecode.CrcCheck.WARN,
            error_handling=fitdecode.ErrorHandling.IGNORE,
        ) as reader:
            for frame in reader:
                if isinstance(frame, fitdecode.FitDataMessage) and frame.name == "record":
                    row = tuple(frame.get_value(field, fallback=None) for field in FIELDS)
                    found.append((row[0].timestamp(), *row[1:]) if hasattr(row[0], "timestamp") else row)
    except Exception:  # whatever a reader ends with, what it gave before that counts
        pass
    return found


def of_garmin(data):
    found = []

    def listen(number, message):
        if number == 20:
            row = tuple(message.get(field) for field in FIELDS)
            found.append((row[0].timestamp(), *row[1:]) if hasattr(row[0], "timestamp") else row)

    try:
        Decoder(Stream.from_byte_array(bytearray(data))).read(mesg_listener=listen)
    except Exception:
        pass
    return found


def kept(rows, clean):
    return sum(row in set(rows) for row in clean)


def measure(name, read):
    data = GOOD.read_bytes()
    clean = read(data)
    assert len(clean) == 60, (name, len(clean))
    # Of a flip in a record the other 59 could be kept, of any other one all that is not defined by what was hit.
    back = least = could = all_lost = 0
    for at in range(FIRST_RECORD * 8, len(data) * 8):
        flipped = bytearray(data)
        flipped[at // 8] ^= 1 << at % 8
        there = 59 if at // 8 < FIRST_RECORD + 60 * RECORD_BYTES else 60
        found = min(kept(read(bytes(flipped)), clean), there)
        back, could, all_lost = back + found, could + there, all_lost + (found == 0)
    cut_back = cut_could = 0
    for length in range(len(data)):
        there = max(0, min(60, (length - FIRST_RECORD) // RECORD_BYTES))
        cut_back += min(kept(read(data[:length]), clean), there)
        cut_could += there
    print(f"{name}: bits {100 * back / could:.1f} % of records kept, {all_lost} bits cost all; cuts {100 * cut_back / cut_could:.1f} %")


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    measure("fitdecode", of_fitdecode)
    measure("Garmin's FIT SDK", of_garmin)
