"""Makes boosted-trees.json: what LightGBM, scikit-learn and CatBoost learn from two generated tables.

The tables are made row by row from one stream of Park and Miller's generator, in the same order as in
test/models/boosted-trees/reference-data.ts, so that both languages see the same numbers.

- "coarse": integers of few values (none 0, which LightGBM sets apart) and one category, so that binning loses
  nothing; LightGBM's trees are kept whole, with its scores and its SHAP values (pred_contrib).
- "smooth": numbers with more distinct values than bins; log loss and AUC on rows kept apart.

Run: python test/references/boosted-trees.py (lightgbm, scikit-learn, catboost, numpy), then format the JSON with Biome.
"""

import json
import math
import pathlib

import catboost
import lightgbm
import numpy
import sklearn
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.metrics import log_loss, roc_auc_score


def stream(seed):
    state = seed
    while True:
        state = state * 48271 % 2147483647
        yield state / 2147483647


def coarse_table(rows):
    next_uniform = stream(20240607).__next__
    table, churned = [], []
    for _ in range(rows):
        tenure = 1 + math.floor(next_uniform() * 12)
        tickets = 1 + math.floor(next_uniform() * 6)
        seats = 1 + math.floor(next_uniform() * 20)
        plan = math.floor(next_uniform() * 7)
        is_missing = next_uniform() < 0.15
        score = -0.3 - 0.25 * tenure + 0.5 * tickets + (0.9 if plan in (1, 4, 6) else 0)
        score += 1.2 if is_missing else 0.06 * seats * (1 if tickets > 2 else -1)
        churned.append(1 if next_uniform() < 1 / (1 + math.exp(-score)) else 0)
        table.append([tenure, tickets, math.nan if is_missing else seats, plan])
    return numpy.array(table, dtype=float), numpy.array(churned)


def smooth_table(rows):
    next_uniform = stream(77).__next__
    table, churned = [], []
    for _ in range(rows):
        x = [next_uniform() for _ in range(8)]
        score = 4 * x[0] - 3 + 3 * math.sin(6 * x[1]) * x[2] + (2 if x[3] > 0.7 and x[4] < 0.5 else 0)
        churned.append(1 if next_uniform() < 1 / (1 + math.exp(-score)) else 0)
        x[5] = math.nan if x[5] < 0.2 else x[5]
        table.append(x)
    return numpy.array(table), numpy.array(churned)


def preorder(node, tree):
    """Feature, threshold or left levels, side of missing values and rows of each node, root first."""
    if "leaf_value" in node:
        tree.append({"rows": node["leaf_count"], "value": node["leaf_value"]})
        return tree
    is_category = node["decision_type"] == "=="
    threshold = node["threshold"]
    tree.append(
        {
            "feature": node["split_feature"],
            # No number is below 1: a threshold of 0 sets all numbers apart from the missing ones, as 1e300 does.
            "threshold": None if is_category else 1e300 if threshold < 1 else threshold,
            "leftLevels": sorted(map(int, threshold.split("||"))) if is_category else [],
            "missingLeft": node["default_left"],
            "rows": node["internal_count"],
        }
    )
    preorder(node["left_child"], tree)
    return preorder(node["right_child"], tree)


LIGHTGBM = {
    "objective": "binary",
    "verbosity": -1,
    "num_threads": 1,
    "deterministic": True,
    "force_row_wise": True,
    "feature_pre_filter": False,
    "min_data_in_bin": 1,
    "min_sum_hessian_in_leaf": 1e-3,
    "max_bin": 255,
    "learning_rate": 0.1,
    "lambda_l2": 1.0,
}


def coarse():
    table, churned = coarse_table(3000)
    options = LIGHTGBM | {
        "num_leaves": 12,
        # LightGBM estimates row counts from Hessians, so limits on rows would bind differently.
        "min_data_in_leaf": 1,
        "min_sum_hessian_in_leaf": 6.0,
        "cat_smooth": 1.0,
        "cat_l2": 0.0,
        "min_data_per_group": 1,
        "max_cat_to_onehot": 1,
        "max_cat_threshold": 255,
    }
    data = lightgbm.Dataset(table, churned, categorical_feature=[3], params=options)
    model = lightgbm.train(options, data, num_boost_round=5)
    trees = [preorder(tree["tree_structure"], []) for tree in model.dump_model()["tree_info"]]
    return {
        "trees": trees,
        "scores": model.predict(table[:200], raw_score=True).tolist(),
        "contributions": [[round(v, 12) for v in row] for row in model.predict(table[:40], pred_contrib=True).tolist()],
    }


def smooth():
    table, churned = smooth_table(12000)
    train, test = slice(0, 8000), slice(8000, None)
    options = LIGHTGBM | {"num_leaves": 16, "min_data_in_leaf": 20}
    data = lightgbm.Dataset(table[train], churned[train], params=options)
    lightgbm_model = lightgbm.train(options, data, num_boost_round=100)
    sklearn_model = HistGradientBoostingClassifier(
        learning_rate=0.1,
        max_iter=100,
        max_leaf_nodes=16,
        min_samples_leaf=20,
        l2_regularization=1.0,
        early_stopping=False,
        random_state=0,
    ).fit(table[train], churned[train])

    catboost_model = catboost.CatBoostClassifier(
        iterations=100,
        depth=4,
        learning_rate=0.1,
        l2_leaf_reg=3,
        leaf_estimation_iterations=10,
        score_function="L2",
        bootstrap_type="No",
        random_strength=0,
        boosting_type="Plain",
        thread_count=1,
        allow_writing_files=False,
        verbose=0,
    ).fit(table[train], churned[train])

    def figures(probability):
        return {
            "logLoss": log_loss(churned[test], probability),
            "auc": roc_auc_score(churned[test], probability),
        }

    return {
        "lightgbm": figures(lightgbm_model.predict(table[test])),
        "scikitLearn": figures(sklearn_model.predict_proba(table[test])[:, 1]),
        "catBoost": figures(catboost_model.predict_proba(table[test])[:, 1]),
    }


if __name__ == "__main__":
    result = {
        "versions": {
            "lightgbm": lightgbm.__version__,
            "scikit-learn": sklearn.__version__,
            "catboost": catboost.__version__,
        },
        "coarse": coarse(),
        "smooth": smooth(),
    }
    path = pathlib.Path(__file__).with_suffix(".json")
    path.write_text(json.dumps(result) + "\n")
