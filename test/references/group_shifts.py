"""Shifts of the log-odds inside groups: logistic regression with an offset, by statsmodels.

Writes group-shifts.json beside this file: probabilities, outcomes, weights, the members of three flags (the second lies
in the first, the third overlaps both) and what a binomial GLM with offset logit(p) on their indicators learns, without
and with a constant for all rows.

    pip install numpy statsmodels
    python group_shifts.py
"""

import json
import pathlib

import numpy as np
import statsmodels.api as sm

rng = np.random.default_rng(5)
rows = 400
probabilities = np.round(1 / (1 + np.exp(-rng.normal(-1.3, 0.8, size=rows))), 4)
first = rng.random(rows) < 0.5
second = first & (rng.random(rows) < 0.5)
third = rng.random(rows) < 0.3
offset = np.log(probabilities / (1 - probabilities))
true = offset + 0.5 * first + 0.9 * second - 0.4 * third
churned = (rng.random(rows) < 1 / (1 + np.exp(-true))).astype(int)
weights = rng.integers(1, 4, size=rows).astype(float)
members = np.column_stack([first, second, third]).astype(int)


def shifts(design, freq_weights):
    glm = sm.GLM(churned, design, family=sm.families.Binomial(), offset=offset, freq_weights=freq_weights)
    return [float(value) for value in glm.fit(tol=1e-12, maxiter=100).params]


def both(freq_weights):
    constant = np.column_stack([members, np.ones(rows)])
    return {"flags": shifts(members, freq_weights), "withAll": shifts(constant, freq_weights)}


pathlib.Path(__file__).with_name("group-shifts.json").write_text(
    json.dumps(
        {
            "probabilities": probabilities.tolist(),
            "churned": churned.tolist(),
            "weights": weights.tolist(),
            "members": members.T.tolist(),
            "even": both(np.ones(rows)),
            "weighted": both(weights),
        }
    )
    + "\n"
)
