"""The numbers of independent.json, worked out with numpy, scipy, pandas, statsmodels and pingouin from the definitions in
src/method/statistics.md; nothing of niggle is used. Only for making them anew: the tests read the file.

    python -m pip install scipy statsmodels pingouin && python tests/vectors/independent.py > tests/vectors/independent.json
"""

import json
import math
import warnings

import numpy as np
import pandas as pd
import pingouin as pg
import scipy
import statsmodels
import statsmodels.api as sm
from scipy import optimize, stats
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import proportion_confint
from statsmodels.stats.rates import test_poisson_2indep as poisson_test
from statsmodels.tsa.stattools import acf

# Whether a design has columns too many is decided by its rank, in the open.
warnings.showwarning = lambda *_: None

rng = np.random.default_rng(20260301)
Z = stats.norm.ppf(0.975)


def gaps(values):
    return [None if math.isnan(value) else float(value) for value in values]


def days_of(n, share_run=0.55):
    """Kilometres, whole tenths, and pain in whole points that remembers itself and a little of yesterday's run."""
    ran = rng.random(n + 1) < share_run
    km = np.where(ran, np.round(4 + 12 * rng.random(n + 1), 1), 0.0)
    wave, pain = 0.0, []
    for day in range(n):
        wave = 0.8 * wave + rng.normal()
        pain.append(float(np.clip(np.round(1.5 + wave + 0.08 * km[day]), 0, 10)))
    return km, np.array(pain)


def interval(rho, n_eff):
    """Bonett & Wright 2000."""
    reach = Z * math.sqrt((1 + rho**2 / 2) / (max(n_eff, 4) - 3))
    return [math.tanh(math.atanh(rho) - reach), math.tanh(math.atanh(rho) + reach)]


def n_eff_of_whole(x, y):
    """Pyper & Peterman 1998 with statsmodels' autocorrelations, no gaps."""
    n = len(x)
    lags = n // 5
    both = acf(x, nlags=lags, adjusted=False, fft=False)[1:] * acf(y, nlags=lags, adjusted=False, fft=False)[1:]
    inverse = 1 / n + 2 / n * sum((1 - j / n) * r for j, r in zip(range(1, lags + 1), both))
    return float(np.clip(1 / inverse, 4, n)) if inverse > 0 else float(n)


def n_eff_with_gaps(x, y):
    """The same where days are missing: of the days with both, each pair of them j days apart counts."""
    known = ~(np.isnan(x) | np.isnan(y))
    first, last = np.flatnonzero(known)[[0, -1]]
    x, y, known = (series[first : last + 1] for series in (x, y, known))
    length, n = len(x), int(known.sum())
    dx = np.where(known, x - np.mean(x[known]), 0.0)
    dy = np.where(known, y - np.mean(y[known]), 0.0)
    vx, vy = (dx**2).sum() / n, (dy**2).sum() / n
    shared = 0.0
    for j in range(1, length // 5 + 1):
        pairs = int((known[:-j] & known[j:]).sum())
        if pairs:
            rx = (dx[:-j] * dx[j:]).sum() / pairs * (length - j) / length / vx
            ry = (dy[:-j] * dy[j:]).sum() / pairs * (length - j) / length / vy
            shared += pairs * rx * ry
    inverse = 1 / n + 2 * shared / n**2
    return float(np.clip(1 / inverse, 4, n)) if inverse > 0 else float(n)


def ranked(series):
    """Each series once, over all its known days."""
    out = np.full(len(series), np.nan)
    known = ~np.isnan(series)
    out[known] = stats.rankdata(series[known])
    return out


def partial(question, shift=0):
    """What is left of the ranks of load and pain, by statsmodels' least squares, when the load and what turns with it are turned."""
    load, *turning = (np.roll(ranked(series), shift) for series in [question["load"], *question["turning"]])
    pain = ranked(question["pain"])
    columns = list(turning)
    for series in question["staying"]:
        ranks = ranked(series)
        columns.append(np.where(np.isnan(ranks), np.nanmean(ranks), ranks))
    columns += [np.isnan(series).astype(float) for series in question["staying"]]
    met = ~np.isnan(np.array([load, pain, *columns])).any(axis=0)
    design = sm.add_constant(np.column_stack(columns)[met], has_constant="add")
    taken = int(np.linalg.matrix_rank(design)) - 1
    left = [sm.OLS(series[met], design).fit().resid for series in (load, pain)]
    rho = float(stats.pearsonr(*left).statistic)
    return rho, taken, met, left


def partial_case(question):
    rho, taken, met, left = partial(question)
    days = len(question["load"])
    sizes = []
    for shift in range(days):
        turned, columns, those, _ = partial(question, shift)
        sizes.append(abs(turned) * math.sqrt(those.sum() - columns - 2))
    on_calendar = []
    for series in left:
        whole = np.full(days, np.nan)
        whole[met] = series
        on_calendar.append(whole)
    n_eff = n_eff_with_gaps(*on_calendar)
    if met.all():
        assert abs(n_eff - n_eff_of_whole(*left)) < 1e-9
    return {
        "load": gaps(question["load"]),
        "turning": [gaps(series) for series in question["turning"]],
        "pain": gaps(question["pain"]),
        "staying": [gaps(series) for series in question["staying"]],
        "rho": rho,
        "n": int(met.sum()),
        "columns": taken,
        "n_eff": n_eff,
        "interval": interval(rho, n_eff - taken),
        "at_least": int(sum(size >= sizes[0] - 1e-9 for size in sizes)),
        "shifts": days,
    }


def whole_question(n):
    km, pain = days_of(n + 1)
    return {
        "load": km[:n],
        "turning": [km[1 : n + 1], (km[1 : n + 1] > 0).astype(float)],
        "pain": pain[1 : n + 1],
        "staying": [pain[:n]],
    }


def partials():
    cases = []
    for n in (42, 60, 97):
        question = whole_question(n)
        case = partial_case(question)
        names = ["today", "ran", "yesterday"]
        table = pd.DataFrame(dict(zip(names, [*question["turning"], *question["staying"]])))
        table["load"], table["pain"] = question["load"], question["pain"]
        by_pingouin = pg.partial_corr(table, "load", "pain", names, method="spearman")
        case["pingouin"] = float(by_pingouin["r"].iloc[0])
        assert abs(case["pingouin"] - case["rho"]) < 1e-9
        cases.append(case)
    for n, unlogged in ((56, 0.2), (75, 0.35)):
        question = whole_question(n)
        question["pain"] = np.where(rng.random(n) < unlogged, np.nan, question["pain"])
        question["staying"] = [np.concatenate([[np.nan], question["pain"][:-1]])]
        lost = rng.integers(0, n, 3)
        question["load"][lost] = np.nan
        question["turning"][0][(lost + 9) % n] = np.nan
        cases.append(partial_case(question))
    # A runner of every other day: whether there was a run today says all of yesterday's, but not how far.
    question = whole_question(50)
    question["turning"][1][:] = 1.0
    cases.append(partial_case(question))
    return cases


def without_season():
    """The centred running mean of 28 days, 14 before and 13 after, of at least seven known ones, by pandas."""
    km, _ = days_of(90)
    km[rng.integers(0, 90, 12)] = np.nan
    # One day alone in a month without any has no season.
    km[38:66] = np.nan
    km[52] = 8.0
    padded = pd.Series(np.concatenate([km, np.full(13, np.nan)]))
    season = padded.rolling(28, min_periods=7).mean().shift(-13).to_numpy()[: len(km)]
    return {"series": gaps(km), "level": gaps(km - season)}


def effective():
    cases = []
    for n in (40, 75):
        km, pain = days_of(n)
        x, y = km[:n].copy(), pain.copy()
        x[rng.integers(0, n, n // 8)] = np.nan
        y[rng.integers(0, n, n // 5)] = np.nan
        x[n // 2] = 900.0
        known = ~(np.isnan(x) | np.isnan(y))
        ranks = [np.full(n, np.nan), np.full(n, np.nan)]
        for rank, series in zip(ranks, (x, y)):
            rank[known] = stats.rankdata(series[known])
        cases.append({"x": gaps(x), "y": gaps(y), "n_eff": n_eff_with_gaps(*ranks)})
    return cases


def detectable():
    def of(n):
        power = Z + stats.norm.ppf(0.8)
        short = lambda rho: math.atanh(rho) - power * math.sqrt((1 + rho**2 / 2) / (max(n, 4) - 3))
        return optimize.brentq(short, 0.0, 1 - 1e-15, xtol=1e-14)

    return [{"n_eff": n, "rho": of(n)} for n in (3.0, 5.5, 15.0, 42.0, 90.25, 365.0, 3652.0)]


def wilson():
    def of(events, among):
        low, high = proportion_confint(events, among, method="wilson")
        return {"events": events, "all": among, "interval": [float(low), float(high)]}

    return [of(*counts) for counts in ((0, 3), (1, 9), (3, 9), (12, 31), (40, 41), (7, 7))]


def q_values():
    p = [*np.round(rng.random(17) ** 2, 4), 0.03, 0.03, 0.0002, 1.0, 1.0]
    return [
        {"p": list(map(float, values)), "q": list(map(float, multipletests(values, method="fdr_bh")[1]))}
        for values in (p, [0.05, 0.05, 0.05], [0.8])
    ]


def rate_ratios():
    """Each end by statsmodels' conditional mid-P test of two Poisson rates: the ratio at which one side has 2.5 %."""

    def end(counts, side):
        flagged, days, others, other_days = counts

        def left(log_ratio):
            test = poisson_test(
                flagged, days, others, other_days, value=math.exp(log_ratio), method="cond-midp", compare="ratio", alternative=side
            )
            return test.pvalue - 0.025

        return math.exp(optimize.brentq(left, -9, 9, xtol=1e-13))

    def of(counts):
        flagged, days, others, other_days = counts
        return {
            "flagged_events": flagged,
            "flagged_days": days,
            "other_events": others,
            "other_days": other_days,
            "ratio": flagged / days / (others / other_days),
            "low": end(counts, "larger"),
            "high": end(counts, "smaller"),
        }

    return [of(counts) for counts in ((3, 30, 6, 300), (1, 12, 9, 150), (11, 77, 14, 288), (5, 40, 5, 80))]


def event_shifts():
    """By brute force over all shifts. 0 down, 1 up, 2 going up that day, null unknown; [event, late]."""
    cases = []
    for n, flags_every in ((60, 15), (91, 13)):
        flags = [0] * n
        for up in range(4, n, flags_every):
            for day in range(up, min(up + 8, n)):
                flags[day] = max(flags[day], 1) if day > up else 2
        flags = [None if rng.random() < 0.06 else flag for flag in flags]
        seen = []
        for day in range(n):
            near = any(flags[(day - back) % n] == 2 for back in (0, 1))
            event = bool(rng.random() < (0.35 if near else 0.08))
            seen.append(None if rng.random() < 0.15 else [event, bool(rng.random() < 0.6)])

        def counts(shift):
            of = {"flagged_events": 0, "flagged_days": 0, "other_events": 0, "other_days": 0}
            for day in range(n):
                flag, what = flags[(day - shift) % n], seen[day]
                if flag is None or what is None or (flag == 2 and not what[1]):
                    continue
                side = "flagged" if flag else "other"
                of[side + "_days"] += 1
                of[side + "_events"] += what[0]
            return of

        def distance(of):
            events, days = of["flagged_events"] + of["other_events"], of["flagged_days"] + of["other_days"]
            if 0 in (events, of["flagged_days"], of["other_days"]):
                return math.inf
            by_chance = stats.binom(events, of["flagged_days"] / days)
            return abs(of["flagged_events"] - by_chance.mean()) / by_chance.std()

        observed = distance(counts(0))
        at_least = sum(distance(counts(shift)) >= observed - 1e-12 for shift in range(n))
        cases.append({"flags": flags, "seen": seen, "counts": counts(0), "at_least": at_least, "shifts": n})
    return cases


def residuals(table, name):
    """What dummies of the runners and of the dates that several of them have leave of a series on its known days."""
    known = table[~table[name].isna()]
    shared = known.groupby("date")["runner"].transform("nunique") > 1
    dates = known["date"].where(shared, -1).astype(int).astype(str)
    dummies = pd.get_dummies(pd.DataFrame({"runner": known["runner"], "date": dates}), dtype=float)
    dummies = dummies.drop(columns=[column for column in dummies if column == "date_-1"])
    left = sm.OLS(known[name].astype(float), dummies).fit().resid
    return left.reindex(table.index)


def common_slope(columns, runners, taken):
    """Of what is left of pain on what is left of load, when each runner's own are taken out of both."""
    xx = xy = yy = 0.0
    for runner in runners:
        of = {name: series[runner] for name, series in columns.items()}
        design = np.column_stack([np.ones(len(of["load"])), *(of[name] for name in taken)])
        x, y = (sm.OLS(of[name], design).fit().resid for name in ("load", "pain"))
        xx, xy, yy = xx + x @ x, xy + x @ y, yy + y @ y
    return {"slope": xy / xx, "r": xy / math.sqrt(xx * yy)}


def cohorts():
    """Every runner known on every date, so that dummies of runners and dates are taken out exactly. The answers to the three questions."""

    def runner(n, number):
        km, pain = days_of(n + 1)
        monday = 1.5 * (np.arange(n) % 7 == 3)
        return pd.DataFrame(
            {
                "runner": f"r{number}",
                "date": np.arange(n),
                "load": km[:n],
                "today": km[1 : n + 1],
                "pain": pain[1 : n + 1] + 0.5 * number + monday,
                "before": pain[:n],
            }
        )

    def case(table, names):
        left = {name: residuals(table, name) for name in ["load", "pain", *names]}
        runners = sorted(table["runner"].unique())
        columns = {name: {runner: series[table["runner"] == runner].to_numpy() for runner in runners} for name, series in left.items()}
        given = [["today"], ["before"], ["today", "before"]]
        answers = [common_slope(columns, runners, [name for name in one if name in names]) for one in given]
        of = [one for _, one in table.groupby("runner")]
        return {
            "runners": [
                {
                    "load": gaps(one["load"]),
                    "turning": [gaps(one[name]) for name in names if name == "today"],
                    "pain": gaps(one["pain"]),
                    "staying": [gaps(one[name]) for name in names if name == "before"],
                }
                for one in of
            ],
            "answers": answers,
            "n": len(table),
        }

    # Nothing held fixed: the slope is that of one regression with dummies.
    plain = pd.concat([runner(42, number) for number in range(3)], ignore_index=True)
    dummies = pd.get_dummies(plain[["runner"]].assign(date=plain["date"].astype(str)), drop_first=True, dtype=float)
    by_ols = sm.OLS(plain["pain"], sm.add_constant(dummies.assign(load=plain["load"]))).fit().params["load"]
    one = case(plain, [])
    assert abs(one["answers"][0]["slope"] - by_ols) < 1e-9
    one["statsmodels_slope"] = float(by_ols)
    held = pd.concat([runner(63, number) for number in range(4)], ignore_index=True)
    return [one, case(held, ["today", "before"])]


def main():
    numbers = {
        "about": "Worked out by tests/vectors/independent.py; read by tests/it/independent.rs.",
        "made_with": {
            "numpy": np.__version__,
            "scipy": scipy.__version__,
            "pandas": pd.__version__,
            "statsmodels": statsmodels.__version__,
            "pingouin": pg.__version__,
        },
        "partial_shift": partials(),
        "without_season": without_season(),
        "effective_n_of_ranks": effective(),
        "detectable_rho": detectable(),
        "wilson": wilson(),
        "benjamini_hochberg": q_values(),
        "rate_ratio": rate_ratios(),
        "event_shift": event_shifts(),
        "within_dates": cohorts(),
    }
    print(json.dumps(numbers, default=lambda number: number.item(), indent=None, separators=(",", ":")).replace('},{"', '},\n{"').replace('],"', '],\n"'))


main()
