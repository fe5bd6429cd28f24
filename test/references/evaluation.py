"""Figures of scikit-learn and SciPy that test/evaluation and test/explanation hold ours against.

    python test/references/evaluation.py > test/references/evaluation.json
    npx biome check --write test/references/evaluation.json
"""

import json

import numpy as np
import scipy
import sklearn
from scipy.stats import binomtest
from sklearn.calibration import calibration_curve
from sklearn.inspection import partial_dependence
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, brier_score_loss, log_loss, roc_auc_score, roc_curve


def case(name, probabilities, churned, weights=None):
    probabilities = np.asarray(probabilities, dtype=float)
    churned = np.asarray(churned, dtype=int)
    w = None if weights is None else np.asarray(weights, dtype=float)
    false_positive, true_positive, _ = roc_curve(
        churned, probabilities, sample_weight=w, drop_intermediate=False
    )
    clipped = np.clip(probabilities, 1e-9, 1 - 1e-9)
    log_odds = np.log(clipped / (1 - clipped)).reshape(-1, 1)
    has_line = bool(np.all((probabilities > 0) & (probabilities < 1))) and len(set(probabilities)) > 1
    line = LogisticRegression(C=np.inf, tol=1e-12, max_iter=10_000, solver="newton-cholesky")
    fitted = line.fit(log_odds, churned, sample_weight=w) if has_line else None
    rows = len(churned)
    quantile_bins = w is None and rows % 10 == 0 and len(set(probabilities)) == rows
    return {
        "name": name,
        "probabilities": probabilities.tolist(),
        "churned": churned.tolist(),
        "weights": None if w is None else w.tolist(),
        "auc": roc_auc_score(churned, probabilities, sample_weight=w),
        "averagePrecision": average_precision_score(churned, probabilities, sample_weight=w),
        "logLoss": log_loss(churned, probabilities, sample_weight=w),
        "brier": brier_score_loss(churned, probabilities, sample_weight=w),
        "roc": [false_positive.tolist(), true_positive.tolist()],
        "line": None if fitted is None else [float(fitted.intercept_[0]), float(fitted.coef_[0, 0])],
        "bins": None
        if not quantile_bins
        else [part.tolist() for part in calibration_curve(churned, probabilities, n_bins=10, strategy="quantile")],
    }


def cases():
    random = np.random.default_rng(20)
    odds = random.normal(-1.2, 1.3, 200)
    smooth = 1 / (1 + np.exp(-odds))
    churned = random.uniform(size=200) < smooth
    yield case("no ties", smooth, churned)
    yield case("no ties, overconfident", 1 / (1 + np.exp(-2 * odds)), churned)
    yield case("ties", np.round(smooth[:120], 1) * 0.9 + 0.05, churned[:120])
    yield case("weights", smooth[:80], churned[:80], random.uniform(0.1, 3, 80))
    yield case("ties and weights", np.round(smooth[:60], 1) * 0.9 + 0.05, churned[:60], random.integers(1, 5, 60))
    yield case("ties with zero weights", np.round(smooth[:60], 1) * 0.9 + 0.05, churned[:60], random.integers(0, 3, 60))
    yield case("zeros and ones, one of them wrong", [0, 0, 0.2, 0.7, 1, 1, 0], [0, 0, 0, 1, 1, 1, 1])
    yield case("constant", [0.3] * 10, [1, 0, 0, 1, 0, 0, 0, 1, 0, 0])


def wilson():
    for hits, count in [(0, 1), (1, 1), (32, 70), (0, 20), (20, 20), (110, 260)]:
        interval = binomtest(hits, count).proportion_ci(0.95, method="wilson")
        yield {"hits": hits, "count": count, "low": interval.low, "high": interval.high}


def dependence():
    random = np.random.default_rng(21)
    features = np.column_stack([random.normal(size=50), random.integers(0, 4, 50), random.normal(size=50)])
    churned = random.uniform(size=50) < 1 / (1 + np.exp(-features @ [1.0, -0.5, 0.2]))
    model = LogisticRegression().fit(features, churned)
    average = partial_dependence(model, features, [1], method="brute", response_method="predict_proba", kind="average")
    return {
        "features": features.T.tolist(),
        "intercept": float(model.intercept_[0]),
        "coefficients": model.coef_[0].tolist(),
        "values": average["grid_values"][0].tolist(),
        "probabilities": average["average"][0].tolist(),
    }


print(
    json.dumps(
        {
            "versions": {"scikit-learn": sklearn.__version__, "scipy": scipy.__version__, "numpy": np.__version__},
            "cases": list(cases()),
            "wilson": list(wilson()),
            "dependence": dependence(),
        }
    )
)
