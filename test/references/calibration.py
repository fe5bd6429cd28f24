"""Calibration curves by scikit-learn, and beta calibration by its package's formula and by betacal itself.

Writes calibration.json beside this file: scores in log-odds (some of them tied), outcomes, weights, and what
each reference learns from them.

    pip install scikit-learn betacal
    python calibration.py
"""

import json
import pathlib

import numpy as np
from betacal import BetaCalibration
from sklearn.calibration import _SigmoidCalibration
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression

rng = np.random.default_rng(11)
rows = 160
scores = np.round(rng.normal(-1, 1.6, size=rows), 1)
churned = (rng.random(rows) < 1 / (1 + np.exp(-(0.9 * scores + 0.2)))).astype(int)
weights = rng.integers(1, 4, size=rows).astype(float)


def sigmoid_calibration(sample_weight):
    fitted = _SigmoidCalibration().fit(scores, churned, sample_weight=sample_weight)
    return {"slope": -float(fitted.a_), "intercept": -float(fitted.b_)}


def smoothed_targets(sample_weight):
    leavers = sample_weight[churned == 1].sum()
    stayers = sample_weight[churned == 0].sum()
    return np.where(churned == 1, (leavers + 1) / (leavers + 2), 1 / (stayers + 2))


def beta_calibration(sample_weight):
    """ln p and -ln(1 - p) in a logistic regression; each row counts for both outcomes by its target.

    The problem is convex, so with both coefficients held at or above 0 the solution is the free one or has one
    coefficient at 0: the best of those that hold.
    """
    design = np.column_stack([-np.logaddexp(0, -scores), np.logaddexp(0, scores)])
    targets = smoothed_targets(sample_weight)
    held = []
    for columns in ([0, 1], [0], [1]):
        model = LogisticRegression(C=np.inf, solver="newton-cholesky", tol=1e-13, max_iter=1000)
        model.fit(
            np.vstack([design, design])[:, columns],
            np.repeat([1, 0], rows),
            sample_weight=np.concatenate([sample_weight * targets, sample_weight * (1 - targets)]),
        )
        if (model.coef_ >= 0).all():
            coefficients = np.zeros(2)
            coefficients[columns] = model.coef_[0]
            score = model.intercept_[0] + design @ coefficients
            loss = np.sum(sample_weight * (np.logaddexp(0, score) - targets * score))
            held.append((loss, coefficients, model.intercept_[0]))
    _, coefficients, intercept = min(held, key=lambda each: each[0])
    return {"a": float(coefficients[0]), "b": float(coefficients[1]), "intercept": float(intercept)}


def betacal_probabilities():
    return BetaCalibration(parameters="abm").fit(1 / (1 + np.exp(-scores)), churned).predict(1 / (1 + np.exp(-scores)))


even = np.ones(rows)
document = {
    "scores": scores.tolist(),
    "churned": churned.tolist(),
    "weights": weights.tolist(),
    "platt": {"even": sigmoid_calibration(None), "weighted": sigmoid_calibration(weights)},
    "beta": {"even": beta_calibration(even), "weighted": beta_calibration(weights)},
    "betacal": betacal_probabilities().tolist(),
    "isotonic": {
        "even": IsotonicRegression().fit(scores, churned).predict(scores).tolist(),
        "weighted": IsotonicRegression().fit(scores, churned, sample_weight=weights).predict(scores).tolist(),
    },
}
print({key: document[key] for key in ("platt", "beta")})
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(document) + "\n")
