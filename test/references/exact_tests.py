"""Exact tail chances and adjusted p-values that test/math/hypergeometric.test.ts and
test/math/benjamini-yekutieli.test.ts hold ours against.

Single tails are scipy's hypergeom.sf, which keeps some nine digits in large populations; the `exact` numbers beside
them and the tails of sums over strata are reckoned with 50 digits by mpmath. Adjusted p-values are statsmodels'.

    pip install numpy scipy statsmodels mpmath
    python test/references/exact_tests.py > test/references/exact-tests.json
"""

import json

import numpy as np
import scipy
import statsmodels
from mpmath import binomial, mp, mpf
from scipy.stats import hypergeom
from statsmodels.stats.multitest import multipletests

# Population, successes, draws, least successes.
TAILS = [
    [8, 4, 4, 3],
    [30, 7, 11, 5],
    [5000, 900, 80, 33],
    [7043, 1869, 116, 90],
    [100000, 3000, 700, 90],
    [100000, 3000, 700, 250],
    [100000, 3000, 700, 15],
    [100000, 3000, 60, 60],
    [1000000, 200000, 5000, 1420],
    [1000000, 400, 50000, 110],
    [1000000, 999000, 900, 900],
]

# The same, per stratum; the least successes are those of all strata together.
SUMS = {
    "two small": ([[10, 4, 5], [12, 3, 6]], 6),
    "all or none": ([[10, 0, 5], [12, 12, 6], [9, 4, 0], [9, 4, 9], [20, 6, 5]], 15),
    "four months": ([[900, 130, 40], [950, 90, 35], [1010, 160, 60], [980, 110, 22]], 61),
    "far out": ([[900, 130, 90], [950, 90, 85], [1010, 160, 120], [980, 110, 95]], 190),
    "uneven": ([[40, 20, 10], [3000, 60, 500], [500, 250, 30], [77, 3, 70]], 40),
    "all of them": ([[500, 50, 20], [600, 60, 20], [40, 6, 9]], 46),
    "below the middle": ([[900, 130, 40], [950, 90, 35], [1010, 160, 60]], 5),
}

# Benjamini and Hochberg (1995), the fifteen p-values of their example.
P_VALUES = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459]
P_VALUES += [0.324, 0.4262, 0.5719, 0.6528, 0.759, 1.0]


mp.dps = 50


def ways(population, successes, draws):
    """In how many ways each number of successes is drawn, from none to all draws; 50 digits."""
    rest = population - successes
    return [binomial(successes, x) * binomial(rest, draws - x) for x in range(min(successes, draws) + 1)]


def tail(urn, least):
    """Terms by their ratio, since large binomial coefficients are slow to come by."""
    population, successes, draws = urn
    rest = population - successes - draws
    term = binomial(successes, least) * binomial(population - successes, draws - least)
    total = mpf(0)
    for x in range(least, min(successes, draws) + 1):
        total += term
        term *= mpf((successes - x) * (draws - x)) / ((x + 1) * (rest + x + 1)) if rest + x + 1 else 0
    return float(total / binomial(population, draws))


def convolved(a, b):
    sums = [mpf(0)] * (len(a) + len(b) - 1)
    for i, x in enumerate(a):
        for j, y in enumerate(b):
            sums[i + j] += x * y
    return sums


def tail_of_sum(strata, least):
    counts = [mpf(1)]
    for stratum in strata:
        counts = convolved(counts, ways(*stratum))
    return float(sum(counts[least:]) / sum(counts))


print(
    json.dumps(
        {
            "scipy": scipy.__version__,
            "statsmodels": statsmodels.__version__,
            "tails": [
                {
                    "urn": urn,
                    "least": least,
                    "scipy": float(hypergeom.sf(least - 1, *urn)),
                    "exact": tail(urn, least),
                }
                for *urn, least in TAILS
            ],
            "sums": [
                {"name": name, "strata": strata, "least": least, "exact": tail_of_sum(strata, least)}
                for name, (strata, least) in SUMS.items()
            ],
            "pValues": P_VALUES,
            "adjusted": multipletests(np.array(P_VALUES), method="fdr_by")[1].tolist(),
        }
    )
)
