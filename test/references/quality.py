"""Out-of-fold figures of scikit-learn on the real tables, 2 x 5 stratified folds.

python test/references/quality.py DATA_FOLDER > test/references/quality.json

Pooled probabilities of each repeat, figures averaged over the repeats; calibration error over ten
equal-count bins. Duplicated rows of iranian-churn stay on one side of every fold. `Complain` (a leak) and
the ids of bank-records are left out.
"""
import json
import sys

import numpy as np
import pandas as pd
from sklearn.compose import make_column_transformer
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, brier_score_loss, log_loss, roc_auc_score
from sklearn.model_selection import StratifiedGroupKFold, StratifiedKFold
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, OrdinalEncoder, StandardScaler


def load(folder, name):
    groups = None
    if name == "telco":
        t = pd.read_csv(f"{folder}/telco/telco.csv", na_values=" ").drop(columns="customerID")
        y = (t.pop("Churn") == "Yes").astype(int)
    elif name == "bank-records":
        t = pd.read_csv(f"{folder}/bank-records/bank-records.csv")
        t = t.drop(columns=["RowNumber", "CustomerId", "Surname", "Complain"])
        y = t.pop("Exited")
    elif name == "mlc-churn":
        t = pd.read_csv(f"{folder}/mlc-churn/mlc_churn.csv")
        y = (t.pop("churn") == "yes").astype(int)
    elif name == "iranian-churn":
        t = pd.read_csv(f"{folder}/iranian-churn/Customer_Churn.csv")
        groups = t.groupby(list(t.columns), sort=False).ngroup().to_numpy()
        y = t.pop("Churn")
    else:
        t = pd.read_csv(f"{folder}/ravenstack/ravenstack_accounts.csv")
        y = t.pop("churn_flag").astype(int)
        t = t.drop(columns=["account_id", "account_name", "signup_date"])
    for c in t.select_dtypes("bool"):
        t[c] = t[c].astype(int)
    return t, y.to_numpy(), groups


def models(t):
    text = [c for c in t if not pd.api.types.is_numeric_dtype(t[c])]
    numbers = [c for c in t if c not in text]
    logistic = make_pipeline(
        make_column_transformer(
            (OneHotEncoder(handle_unknown="ignore"), text), (StandardScaler(), numbers)
        ),
        LogisticRegression(max_iter=5000),
    )
    ordinal = make_column_transformer(
        (OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1), text),
        ("passthrough", numbers),
    )
    boosting = make_pipeline(ordinal, HistGradientBoostingClassifier(random_state=0))
    stumps = make_pipeline(
        ordinal, HistGradientBoostingClassifier(max_leaf_nodes=2, max_iter=300, random_state=0)
    )
    return {"logistic (sklearn)": logistic, "HGB (sklearn)": boosting, "stumps (sklearn)": stumps}


def calibration_error(p, y):
    order = np.argsort(p, kind="stable")
    return sum(abs(p[b].mean() - y[b].mean()) * len(b) for b in np.array_split(order, 10)) / len(p)


def main():
    out = {}
    for name in ["telco", "bank-records", "mlc-churn", "iranian-churn", "ravenstack"]:
        t, y, groups = load(sys.argv[1], name)
        out[name] = {}
        for label, model in models(t.fillna(t.median(numeric_only=True))).items():
            rows = []
            for seed in (1, 2):
                folds = (StratifiedKFold if groups is None else StratifiedGroupKFold)(
                    5, shuffle=True, random_state=seed
                )
                p = np.zeros(len(y))
                fold_aucs = []
                x = t.fillna(t.median(numeric_only=True))
                for a, b in folds.split(x, y, groups):
                    p[b] = model.fit(x.iloc[a], y[a]).predict_proba(x.iloc[b])[:, 1]
                    fold_aucs.append(roc_auc_score(y[b], p[b]))
                rows.append([
                    roc_auc_score(y, p), np.mean(fold_aucs), average_precision_score(y, p), brier_score_loss(y, p),
                    log_loss(y, p), calibration_error(p, y), p.sum() / y.sum(),
                ])
            keys = ["auc", "foldAuc", "averagePrecision", "brier", "logLoss", "calibrationError", "ratio"]
            out[name][label] = {k: round(float(v), 4) for k, v in zip(keys, np.mean(rows, axis=0))}
    json.dump(out, sys.stdout, indent=2)
    print()


if __name__ == "__main__":
    main()
