"""pysubgroup's exhaustive search on the table of bench/flags.ts; without an argument, the libraries' versions."""

import json
import sys
import time
from importlib.metadata import version

if len(sys.argv) == 1:
    import pysubgroup  # noqa: F401

    print(json.dumps({"pysubgroup": version("pysubgroup")}))
    sys.exit(0)

import numpy as np
import pandas as pd
import pysubgroup as ps

job = json.loads(sys.argv[1])
data = np.fromfile(job["file"], dtype=np.uint8).reshape(job["features"] + 1, job["rows"])
frame = pd.DataFrame({f"feature_{i}": data[i] for i in range(job["features"])})
frame["churned"] = data[job["features"]].astype(bool)

selectors = []
for i in range(job["features"]):
    for cut in range(2, job["bins"] + 1):
        selectors.append(ps.IntervalSelector(f"feature_{i}", float("-inf"), cut))
        selectors.append(ps.IntervalSelector(f"feature_{i}", cut, float("inf")))

task = ps.SubgroupDiscoveryTask(
    frame,
    ps.BinaryTarget("churned", True),
    selectors,
    result_set_size=100,
    depth=job["depth"],
    qf=ps.StandardQF(0.5),
    constraints=[ps.MinSupportConstraint(job["least"])],
)

calls = 0
evaluate = task.qf.evaluate


def counted(*args, **kwargs):
    global calls
    calls += 1
    return evaluate(*args, **kwargs)


task.qf.evaluate = counted
# An optimistic estimate would cut branches off; here every candidate is to be looked at.
task.qf.optimistic_estimate = lambda *args, **kwargs: float("inf")
started = time.perf_counter()
ps.DFS(ps.BitSetRepresentation).execute(task)
print(json.dumps({"seconds": time.perf_counter() - started, "candidates": calls}))
