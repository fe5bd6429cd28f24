"""One fit of a reference library in a process of its own, for bench/boosting.ts.

python bench/boosting.py JOB    JOB is JSON: library, folder, rows, probabilities, settings
python bench/boosting.py        prints the versions of the libraries that are there

Reads the table that bench/boosting-data.ts wrote, prints the cost as JSON, and writes the probabilities of the
rows kept apart as 64-bit floats. The time of a fit holds the library's own binning, from a table in the layout that
the library takes without a copy (rows of 32-bit floats; scikit-learn: 64-bit).

What cannot be made equal:
- XGBoost has no least number of rows in a leaf, only a least sum of Hessians; it bins by a sketch of all rows,
  LightGBM and scikit-learn by 200,000 sampled rows, at other borders.
- LightGBM estimates the rows of a leaf from its Hessians.
- scikit-learn's least sum of Hessians is 1e-3 and cannot be set; the others are given the same.
- Categories: LightGBM smooths by 10 rows, adds 10 to l2, leaves out levels of few rows and takes at most 32 levels
  to the small side; XGBoost sorts the levels without smoothing; scikit-learn smooths by 10. Each keeps its own.
"""

import importlib
import json
import pathlib
import resource
import sys
import time

import numpy

LIBRARIES = {"lightgbm": "lightgbm", "xgboost": "xgboost", "scikit-learn": "sklearn"}


def main():
    if len(sys.argv) == 1:
        return print(json.dumps(versions()))
    job = json.loads(sys.argv[1])
    fit, layout = {
        "lightgbm": (lightgbm_fit, numpy.float32),
        "xgboost": (xgboost_fit, numpy.float32),
        "scikit-learn": (sklearn_fit, numpy.float64),
    }[job["library"]]
    importlib.import_module(LIBRARIES[job["library"]])
    train, churned, test, categories = read_case(pathlib.Path(job["folder"]), job["rows"], layout)

    reset_peak()
    before = status_megabytes("VmRSS")
    cpu_before = cpu_seconds()
    started = time.perf_counter()
    predict = fit(train, churned, categories, job["settings"])
    fit_seconds = time.perf_counter() - started
    cost = {
        "fitSeconds": fit_seconds,
        "cpuSeconds": cpu_seconds() - cpu_before,
        "peakMegabytes": status_megabytes("VmHWM") - before,
    }
    started = time.perf_counter()
    p = predict(test)
    cost["predictSeconds"] = time.perf_counter() - started
    p.astype(numpy.float64).tofile(job["probabilities"])
    print(json.dumps(cost))


def lightgbm_fit(train, churned, categories, settings):
    import lightgbm

    options = {
        "objective": "binary",
        "verbosity": -1,
        "num_threads": settings["threads"],
        "learning_rate": settings["learningRate"],
        "num_leaves": settings["maxLeaves"],
        "max_bin": settings["maxBins"],
        "min_data_in_leaf": settings["minLeafRows"],
        "min_sum_hessian_in_leaf": settings["minLeafHessian"],
        "lambda_l2": settings["l2"],
    }
    data = lightgbm.Dataset(train, churned, categorical_feature=categories, params=options)
    model = lightgbm.train(options, data, num_boost_round=settings["trees"])
    return lambda table: model.predict(table, num_threads=settings["threads"])


def xgboost_fit(train, churned, categories, settings):
    import xgboost

    options = {
        "objective": "binary:logistic",
        "tree_method": "hist",
        "grow_policy": "lossguide",
        "nthread": settings["threads"],
        "eta": settings["learningRate"],
        "max_leaves": settings["maxLeaves"],
        "max_depth": 0,
        "max_bin": settings["maxBins"],
        "min_child_weight": settings["minLeafHessian"],
        "lambda": settings["l2"],
    }
    kinds = ["c" if column in categories else "float" for column in range(train.shape[1])]
    data = xgboost.QuantileDMatrix(
        train,
        churned,
        feature_types=kinds,
        enable_categorical=True,
        max_bin=settings["maxBins"],
        nthread=settings["threads"],
    )
    model = xgboost.train(options, data, num_boost_round=settings["trees"])
    return model.inplace_predict


def sklearn_fit(train, churned, categories, settings):
    from sklearn.ensemble import HistGradientBoostingClassifier

    model = HistGradientBoostingClassifier(
        learning_rate=settings["learningRate"],
        max_iter=settings["trees"],
        max_leaf_nodes=settings["maxLeaves"],
        max_depth=None,
        max_bins=settings["maxBins"],
        min_samples_leaf=settings["minLeafRows"],
        l2_regularization=settings["l2"],
        categorical_features=categories or None,
        early_stopping=False,
        random_state=0,
    )
    model.fit(train, churned)
    return lambda table: model.predict_proba(table)[:, 1]


def read_case(folder, rows, dtype):
    """The first 80 % of the first `rows` rows to learn from, the rest to judge by, rows side by side."""
    table = json.loads((folder / "table.json").read_text())
    columns = numpy.memmap(folder / "x.f32", numpy.float32, "r", shape=(len(table["columns"]), table["rows"]))
    churned = numpy.fromfile(folder / "y.u8", numpy.uint8, count=rows)
    cut = rows * 4 // 5
    train = numpy.array(columns[:, :cut].T, dtype=dtype, order="C")
    test = numpy.array(columns[:, cut:rows].T, dtype=dtype, order="C")
    del columns
    categories = [index for index, column in enumerate(table["columns"]) if column["kind"] == "category"]
    return train, churned[:cut], test, categories


def versions():
    found = {}
    for library, module in LIBRARIES.items():
        try:
            found[library] = importlib.import_module(module).__version__
        except ImportError:
            pass
    return found


def cpu_seconds():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def reset_peak():
    """Linux counts the peak of this process's memory anew after this."""
    if sys.platform == "linux":
        pathlib.Path("/proc/self/clear_refs").write_text("5")


def status_megabytes(name):
    if sys.platform != "linux":
        return float("nan")
    for line in pathlib.Path("/proc/self/status").read_text().splitlines():
        if line.startswith(name):
            return int(line.split()[1]) * 1.024e-3
    return float("nan")


if __name__ == "__main__":
    main()
