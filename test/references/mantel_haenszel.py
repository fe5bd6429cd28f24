"""Risk differences over strata that test/journey/mantel-haenszel.test.ts holds ours against.

The difference and its standard error (Greenland and Robins) are PythonMeta's, the test without continuity correction
is statsmodels'.

    pip install statsmodels PythonMeta matplotlib
    MPLBACKEND=Agg python test/references/mantel_haenszel.py > test/references/mantel-haenszel.json
    npx biome check --write test/references/mantel-haenszel.json
"""

import json

import numpy as np
import PythonMeta
import statsmodels
from statsmodels.stats.contingency_tables import StratifiedTable

# Per stratum: churned and rows where the fact holds, churned and rows where it does not.
CASES = {
    # Charig et al. (1986), BMJ 292, 879-882: success of open surgery against keyhole surgery, by size of stone.
    "kidney stones": {"small": [81, 87, 234, 270], "large": [192, 263, 55, 80]},
    # Bickel, Hammel and O'Connell (1975), Science 187, 398-404: admissions of women against men, by department.
    "Berkeley": {
        "A": [89, 108, 512, 825],
        "B": [17, 25, 353, 560],
        "C": [202, 593, 120, 325],
        "D": [131, 375, 138, 417],
        "E": [94, 393, 53, 191],
        "F": [24, 341, 22, 373],
    },
    "planted": {"small": [60, 400, 20, 100], "midsize": [12, 150, 30, 250], "enterprise": [3, 60, 25, 320]},
}


def pooled(strata):
    meta = PythonMeta.Meta()
    meta.datatype = "CATE"
    meta.models, meta.algorithm, meta.effect = "Fixed", "MH", "RD"
    data = PythonMeta.Data()
    data.datatype = "CATE"
    rows = data.getdata([",".join([name, *map(str, cells)]) for name, cells in strata.items()])
    if len(strata) > 1:
        total = meta.meta(rows)[0]
        return total[1], total[6]
    only = meta.meta(rows)[1]
    return only[1], only[6]


def figures(strata):
    difference, error = pooled(strata)
    tables = [np.array([[a, n1 - a], [c, n0 - c]]) for a, n1, c, n0 in strata.values()]
    test = StratifiedTable([t.astype(float) for t in tables]).test_null_odds(correction=False)
    return {"difference": difference, "error": error, "p": float(test.pvalue)}


cases = []
for name, strata in CASES.items():
    sums = [int(cell) for cell in np.sum(list(strata.values()), axis=0)]
    cases.append(
        {"name": name, "strata": strata, "adjusted": figures(strata), "overall": figures({"all": sums})}
    )
print(json.dumps({"statsmodels": statsmodels.__version__, "cases": cases}))
