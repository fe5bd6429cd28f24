"""Out-of-fold figures of well-set models of Python on the folds that `npm run bench -- quality` deals.

python test/references/same_folds.py DATA_FOLDER FOLDS.json    prints figures by model as JSON
python test/references/same_folds.py                           prints the versions of the libraries that are there

FOLDS.json: table; folds, for each repeat the fold of every row in the file's order (-1: not used); churned, the
outcome of every row. The columns are those of quality.py. Figures as there: of the pooled probabilities of each repeat,
averaged over the repeats.

A model's name is the library's, then what was set. "tuned": of three sizes of tree (two for CatBoost) the one with the
least log loss over three inner folds of the training rows, learning rate 0.05, as many trees as those folds wanted.
"""

import importlib
import json
import os
import sys
import time
import warnings

LIBRARIES = {
    "scikit-learn": "sklearn",
    "pandas": "pandas",
    "lightgbm": "lightgbm",
    "xgboost": "xgboost",
    "catboost": "catboost",
}
RATE = 0.05
MOST_TREES = 1500
PATIENCE = 50


def main():
    if len(sys.argv) == 1:
        return print(json.dumps(versions()))
    import numpy as np
    from joblib import Parallel, delayed
    from quality import load

    wanted = json.load(open(sys.argv[2]))
    t, y, groups = load(sys.argv[1], wanted["table"])
    if groups is not None:
        # Rows that repeat each other share a label, by which the inner folds keep them together.
        t.index = groups
    for column in t:
        t[column] = t[column].astype("category" if t[column].dtype.kind not in "iufb" else float)
    folds = np.array(wanted["folds"])
    used = folds[0] >= 0
    if len(t) != len(used) or (np.array(wanted["churned"])[used] != y[used]).any():
        sys.exit(f"{wanted['table']}: the folds are of other rows than the file's")

    repeats, numbers = range(len(folds)), np.unique(folds[folds >= 0])
    tasks = [(model, repeat, fold) for model in models() for repeat in repeats for fold in numbers]
    results = Parallel(n_jobs=os.cpu_count())(
        delayed(predict_held)(model, t, y, (folds[repeat] >= 0) & (folds[repeat] != fold), folds[repeat] == fold)
        for model, repeat, fold in tasks
    )
    predictions = dict(zip(tasks, results))
    print(json.dumps({model: mean_figures(model, y, folds, predictions) for model in models()}))


def mean_figures(model, y, folds, predictions):
    import numpy as np

    rows = []
    for repeat, fold_of in enumerate(folds):
        p = np.full(len(y), np.nan)
        fold_aucs = []
        for fold in np.unique(fold_of[fold_of >= 0]):
            p[fold_of == fold] = predictions[model, repeat, fold][0]
            fold_aucs.append(auc(y[fold_of == fold], p[fold_of == fold]))
        rows.append(figures(y[fold_of >= 0], p[fold_of >= 0], fold_aucs))
    seconds = sum(took for (of_model, _, _), (_, took) in predictions.items() if of_model == model)
    return {key: float(np.mean([row[key] for row in rows])) for key in rows[0]} | {"seconds": round(seconds, 1)}


def predict_held(model, t, y, train, test):
    warnings.filterwarnings("ignore")
    started = time.perf_counter()
    predict = models()[model](t[train], y[train])
    p = predict(t[test])
    return p, time.perf_counter() - started


def auc(y, p):
    from sklearn.metrics import roc_auc_score

    return roc_auc_score(y, p)


def figures(y, p, fold_aucs):
    from quality import calibration_error
    from sklearn.metrics import average_precision_score, brier_score_loss, log_loss

    return {
        "auc": auc(y, p),
        "foldAuc": sum(fold_aucs) / len(fold_aucs),
        "averagePrecision": average_precision_score(y, p),
        "brier": brier_score_loss(y, p),
        "logLoss": log_loss(y, p),
        "calibrationError": calibration_error(p, y),
        "ratio": p.sum() / y.sum(),
    }


def models():
    """Each takes training rows and outcomes and gives what predicts; one thread each: the folds run side by side."""
    found = versions()
    out = {"LR-CV": logistic, "random forest": forest, "HGB default": hgb_default, "HGB tuned": hgb_tuned}
    if "xgboost" in found:
        out |= {"XGBoost default": xgboost_default, "XGBoost tuned": xgboost_tuned}
    if "lightgbm" in found:
        out |= {"LightGBM default": lightgbm_default, "LightGBM tuned": lightgbm_tuned}
    if "catboost" in found:
        out |= {"CatBoost default": catboost_default, "CatBoost tuned": catboost_tuned}
    return out


def encoded(t, scaled):
    from sklearn.compose import make_column_transformer
    from sklearn.impute import SimpleImputer
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import OneHotEncoder, StandardScaler

    text = [column for column in t if t[column].dtype == "category"]
    numbers = [column for column in t if column not in text]
    steps = [SimpleImputer(strategy="median")] + ([StandardScaler()] if scaled else [])
    return make_column_transformer((OneHotEncoder(handle_unknown="ignore"), text), (make_pipeline(*steps), numbers))


def logistic(t, y):
    from sklearn.linear_model import LogisticRegressionCV
    from sklearn.pipeline import make_pipeline

    classifier = LogisticRegressionCV(Cs=10, cv=5, scoring="neg_log_loss", max_iter=5000)
    model = make_pipeline(encoded(t, scaled=True), classifier).fit(t, y)
    return lambda rows: model.predict_proba(rows)[:, 1]


def forest(t, y):
    from sklearn.ensemble import RandomForestClassifier
    from sklearn.pipeline import make_pipeline

    classifier = RandomForestClassifier(500, min_samples_leaf=5, random_state=0)
    model = make_pipeline(encoded(t, scaled=False), classifier).fit(t, y)
    return lambda rows: model.predict_proba(rows)[:, 1]


def hgb_default(t, y):
    from sklearn.ensemble import HistGradientBoostingClassifier

    model = HistGradientBoostingClassifier(random_state=0).fit(t, y)
    return lambda rows: model.predict_proba(rows)[:, 1]


def hgb_tuned(t, y):
    from sklearn.ensemble import HistGradientBoostingClassifier

    def make(leaves, trees, **options):
        return HistGradientBoostingClassifier(
            learning_rate=RATE, max_iter=trees, max_leaf_nodes=leaves, l2_regularization=1, max_features=0.8,
            random_state=0, **options,
        )

    def inner(leaves, t, y, held, held_y):
        model = make(leaves, MOST_TREES, early_stopping=True, n_iter_no_change=PATIENCE, scoring="loss")
        model.fit(t, y, X_val=held, y_val=held_y)
        losses = -model.validation_score_
        return losses.min(), max(int(losses.argmin()), 1)

    leaves, trees = search(inner, (4, 10, 31), t, y)
    model = make(leaves, trees, early_stopping=False).fit(t, y)
    return lambda rows: model.predict_proba(rows)[:, 1]


def xgboost_default(t, y):
    from xgboost import XGBClassifier

    model = XGBClassifier(enable_categorical=True, n_jobs=1).fit(t, y)
    return lambda rows: model.predict_proba(rows)[:, 1]


def xgboost_tuned(t, y):
    from xgboost import XGBClassifier

    def make(depth, trees, **options):
        return XGBClassifier(
            learning_rate=RATE, n_estimators=trees, max_depth=depth, subsample=0.8, colsample_bytree=0.8,
            min_child_weight=3, enable_categorical=True, n_jobs=1, random_state=0, **options,
        )

    def inner(depth, t, y, held, held_y):
        model = make(depth, MOST_TREES, early_stopping_rounds=PATIENCE, eval_metric="logloss")
        model.fit(t, y, eval_set=[(held, held_y)], verbose=False)
        return model.best_score, model.best_iteration + 1

    depth, trees = search(inner, (2, 4, 6), t, y)
    model = make(depth, trees).fit(t, y)
    return lambda rows: model.predict_proba(rows)[:, 1]


def lightgbm_default(t, y):
    from lightgbm import LGBMClassifier

    model = LGBMClassifier(n_jobs=1, verbose=-1).fit(t, y)
    return lambda rows: model.predict_proba(rows)[:, 1]


def lightgbm_tuned(t, y):
    from lightgbm import LGBMClassifier, early_stopping

    def make(leaves, trees):
        return LGBMClassifier(
            learning_rate=RATE, n_estimators=trees, num_leaves=leaves, reg_lambda=1, subsample=0.8, subsample_freq=1,
            colsample_bytree=0.8, n_jobs=1, verbose=-1, random_state=0,
        )

    def inner(leaves, t, y, held, held_y):
        model = make(leaves, MOST_TREES)
        model.fit(t, y, eval_set=[(held, held_y)], callbacks=[early_stopping(PATIENCE, verbose=False)])
        return model.best_score_["valid_0"]["binary_logloss"], model.best_iteration_

    leaves, trees = search(inner, (4, 10, 31), t, y)
    model = make(leaves, trees).fit(t, y)
    return lambda rows: model.predict_proba(rows)[:, 1]


def catboost_default(t, y):
    model = catboost(t).fit(as_text(t), y)
    return lambda rows: model.predict_proba(as_text(rows))[:, 1]


def catboost_tuned(t, y):
    def inner(depth, t, y, held, held_y):
        model = catboost(t, learning_rate=RATE, iterations=MOST_TREES, depth=depth)
        model.fit(as_text(t), y, eval_set=(as_text(held), held_y), early_stopping_rounds=PATIENCE)
        return model.best_score_["validation"]["Logloss"], model.best_iteration_ + 1

    depth, trees = search(inner, (4, 6), t, y)
    model = catboost(t, learning_rate=RATE, iterations=trees, depth=depth).fit(as_text(t), y)
    return lambda rows: model.predict_proba(as_text(rows))[:, 1]


def catboost(t, **options):
    from catboost import CatBoostClassifier

    text = [column for column in t if t[column].dtype == "category"]
    return CatBoostClassifier(
        cat_features=text, thread_count=1, random_seed=0, verbose=False, allow_writing_files=False, **options
    )


def as_text(t):
    return t.assign(**{column: t[column].astype(str) for column in t if t[column].dtype == "category"})


def search(inner, sizes, t, y):
    """The size with the least mean loss over three inner folds, and the mean number of trees that they stopped at."""
    import numpy as np
    from sklearn.model_selection import StratifiedGroupKFold, StratifiedKFold

    dealer = StratifiedKFold if t.index.is_unique else StratifiedGroupKFold
    folds = list(dealer(3, shuffle=True, random_state=0).split(t, y, t.index))
    best = None
    for size in sizes:
        results = [inner(size, t.iloc[a], y[a], t.iloc[b], y[b]) for a, b in folds]
        loss, trees = np.mean(results, axis=0)
        if best is None or loss < best[0]:
            best = (loss, size, max(round(trees), 1))
    return best[1], best[2]


def versions():
    found = {}
    for library, module in LIBRARIES.items():
        try:
            found[library] = importlib.import_module(module).__version__
        except ImportError:
            pass
    return found


if __name__ == "__main__":
    main()
