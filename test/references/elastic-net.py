"""Elastic-net logistic regression by scikit-learn and by glmnet (Fortran, through python-glmnet).

Writes elastic-net.json beside this file: a design with two near-copies and a redundant one-hot coding, the
outcomes, row weights, and the coefficients of both packages for each setting; then a table with missing cells
and scikit-learn's scores of it (mean and an indicator where missing, standard scaler, one-hot; l2 0.01).

    pip install scikit-learn python-glmnet
    python elastic-net.py
"""

import json
import pathlib

import numpy as np
from glmnet import LogitNet
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import OneHotEncoder, StandardScaler

rng = np.random.default_rng(2024)
rows = 150
numbers = rng.normal(size=(rows, 4))
numbers[:, 1] = 0.95 * numbers[:, 0] + 0.1 * numbers[:, 1]
level = rng.integers(0, 3, size=rows)
design = np.round(np.hstack([numbers, np.eye(3)[level]]), 3)
score = -1 + design @ np.array([1.0, 0.0, -0.7, 0.0, 0.8, 0.0, -0.8])
churned = (rng.random(rows) < 1 / (1 + np.exp(-score))).astype(int)
weights = rng.integers(1, 4, size=rows).astype(float)

settings = [
    {"l1": 0, "l2": 0.0001, "weighted": False},
    {"l1": 0, "l2": 0.01, "weighted": True},
    {"l1": 0, "l2": 0.5, "weighted": False},
    {"l1": 0.02, "l2": 0, "weighted": False},
    {"l1": 0.003, "l2": 0.003, "weighted": True},
    {"l1": 0.02, "l2": 0.005, "weighted": False},
]


def by_scikit_learn(l1, l2, sample_weight):
    n = rows if sample_weight is None else sample_weight.sum()
    total = l1 + l2
    solver = "newton-cholesky" if l1 == 0 else "saga"
    model = LogisticRegression(
        C=1 / (n * total), l1_ratio=l1 / total, solver=solver, tol=1e-13, max_iter=1_000_000, random_state=0
    )
    model.fit(design, churned, sample_weight=sample_weight)
    return [model.intercept_[0], *model.coef_[0]]


def by_glmnet(l1, l2, sample_weight):
    total = l1 + l2
    model = LogitNet(
        alpha=l1 / total, lambda_path=[total * 4, total], n_splits=0, standardize=False, tol=1e-16, max_iter=10_000_000
    )
    model.fit(design, churned, sample_weight=sample_weight)
    return [model.intercept_path_.ravel()[-1], *model.coef_path_.reshape(design.shape[1], -1)[:, -1]]


results = []
for setting in settings:
    sample_weight = weights if setting["weighted"] else None
    arguments = (setting["l1"], setting["l2"], sample_weight)
    results.append(
        {
            **setting,
            "scikitLearn": [float(v) for v in by_scikit_learn(*arguments)],
            "glmnet": [float(v) for v in by_glmnet(*arguments)],
        }
    )
    difference = np.abs(np.subtract(results[-1]["scikitLearn"], results[-1]["glmnet"])).max()
    print(setting, "largest difference between the two packages", difference)

tenure = np.round(rng.exponential(20, size=rows), 1)
tenure[rng.random(rows) < 0.1] = np.nan
spend = np.round(1000 * rng.normal(size=rows), 1)
plan = np.array(["Month", "Year", "missing"])[rng.choice(3, size=rows, p=[0.6, 0.3, 0.1])]
# The deviation of tenure is that of the values present, so it is scaled before it is filled.
present = (tenure - np.nanmean(tenure)) / np.nanstd(tenure)
filled = np.where(np.isnan(present), 0, present)
table_design = np.column_stack(
    [
        filled,
        np.isnan(tenure),
        StandardScaler().fit_transform(spend[:, None]),
        OneHotEncoder(sparse_output=False).fit_transform(plan[:, None]),
    ]
)
table_model = LogisticRegression(C=1 / (rows * 0.01), solver="newton-cholesky", tol=1e-13).fit(table_design, churned)

out = pathlib.Path(__file__).with_suffix(".json")
document = {
    "design": design.tolist(),
    "churned": churned.tolist(),
    "weights": weights.tolist(),
    "fits": results,
    "table": {
        "tenure": [None if np.isnan(v) else v for v in tenure],
        "spend": spend.tolist(),
        "plan": [None if v == "missing" else str(v) for v in plan],
        "scores": table_model.decision_function(table_design).tolist(),
    },
}
out.write_text(json.dumps(document) + "\n")
