"""Makes tree-shap.json: SHAP values and interaction values of small random trees, by the shap package.

The trees are plain arrays over their nodes, the right child next to the left one, and both sides read the same ones.
Features repeat on a path, values are missing and the side of missing values differs from split to split.

- "pathDependent", "interactions": TreeExplainer with feature_perturbation="tree_path_dependent", its shap_values and
  shap_interaction_values.
- "interventional": TreeExplainer with feature_perturbation="interventional" and the background as data.
- "interventionalInteractions": off the diagonal half of the Shapley interaction index (SII) that shapiq's ExactComputer
  finds over all subsets of features, an unknown feature being each background row's in turn; the diagonal is what is
  left of the Shapley value (SV). shap's TreeExplainer has none, and its ExactExplainer gives the Shapley-Taylor index.

Run: python test/references/tree_shap.py (shap, shapiq, numpy)
"""

import importlib.metadata
import json
import pathlib

import numpy
import shap
import shapiq

FEATURES = 5
random = numpy.random.default_rng(20240911)


def random_tree(leaves):
    tree = {name: [] for name in ("feature", "threshold", "missingLeft", "left", "value", "cover")}

    def add_leaf(cover):
        for name, entry in zip(tree, (-1, 0, 0, 0, round(random.normal(), 4), cover)):
            tree[name].append(entry)

    add_leaf(400)
    for _ in range(leaves - 1):
        node = int(random.choice([n for n, f in enumerate(tree["feature"]) if f < 0 and tree["cover"][n] > 1]))
        left_cover = int(random.integers(1, tree["cover"][node]))
        tree["feature"][node] = int(random.integers(FEATURES))
        tree["threshold"][node] = round(random.normal() * 0.7, 3)
        tree["missingLeft"][node] = int(random.integers(2))
        tree["left"][node] = len(tree["feature"])
        tree["value"][node] = 0
        add_leaf(left_cover)
        add_leaf(tree["cover"][node] - left_cover)
    return tree


def random_rows(count):
    rows = numpy.round(random.normal(size=(count, FEATURES)), 2)
    rows[random.uniform(size=rows.shape) < 0.15] = numpy.nan
    return rows


def as_shap(tree):
    is_leaf = numpy.array(tree["feature"]) < 0
    left = numpy.where(is_leaf, -1, tree["left"])
    right = numpy.where(is_leaf, -1, left + 1)
    return {
        "children_left": left,
        "children_right": right,
        "children_default": numpy.where(numpy.array(tree["missingLeft"]) == 1, left, right),
        "features": numpy.where(is_leaf, -2, tree["feature"]),
        "thresholds": numpy.array(tree["threshold"], dtype=float),
        "values": numpy.array(tree["value"], dtype=float).reshape(-1, 1),
        "node_sample_weight": numpy.array(tree["cover"], dtype=float),
    }


def score(tree, row):
    node = 0
    while tree["feature"][node] >= 0:
        cell = row[tree["feature"][node]]
        left = tree["missingLeft"][node] if numpy.isnan(cell) else cell <= tree["threshold"][node]
        node = tree["left"][node] + (0 if left else 1)
    return tree["value"][node]


def exact_interactions(trees, row, background):
    def game(coalitions):
        mixed = [numpy.where(known, row, background) for known in coalitions]
        return numpy.array([sum(score(tree, other) for tree in trees for other in rows) / len(rows) for rows in mixed])

    exact = shapiq.ExactComputer(game, n_players=FEATURES)
    index, push = exact("SII", order=2), exact("SV", order=1)
    matrix = numpy.zeros((FEATURES, FEATURES))
    for i in range(FEATURES):
        for j in range(i):
            matrix[i, j] = matrix[j, i] = index[(j, i)] / 2
    for i in range(FEATURES):
        matrix[i, i] = push[(i,)] - matrix[i].sum()
    return matrix


def lists(numbers):
    return numpy.round(numpy.asarray(numbers, dtype=float), 12).tolist()


def cells(rows):
    return [[None if numpy.isnan(cell) else cell for cell in row] for row in rows.tolist()]


if __name__ == "__main__":
    trees = [random_tree(leaves) for leaves in (2, 6, 10, 14)]
    rows, background = random_rows(12), random_rows(25)
    model = {"trees": [as_shap(tree) for tree in trees]}
    by_path = shap.TreeExplainer(model, feature_perturbation="tree_path_dependent")
    by_background = shap.TreeExplainer(model, data=background, feature_perturbation="interventional")
    result = {
        "versions": {name: importlib.metadata.version(name) for name in ("shap", "shapiq")},
        "trees": trees,
        "rows": cells(rows),
        "background": cells(background),
        "pathDependent": lists(by_path.shap_values(rows)),
        "pathDependentBaseline": float(numpy.ravel(by_path.expected_value)[0]),
        "interactions": lists(by_path.shap_interaction_values(rows)),
        "interventional": lists(by_background.shap_values(rows)),
        "interventionalBaseline": float(numpy.ravel(by_background.expected_value)[0]),
        "interventionalInteractions": lists([exact_interactions(trees, row, background) for row in rows]),
    }
    path = pathlib.Path(__file__).with_suffix(".json").with_name("tree-shap.json")
    path.write_text(json.dumps(result) + "\n")
