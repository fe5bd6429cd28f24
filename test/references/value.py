"""What churn is worth, reckoned the long way: accounts as cohorts, month by month, without any closed form.

python test/references/value.py > test/references/value.json

The sums of present values run until what is left is below 1e-12 of what is summed. The margin multiple is that of
Gupta and Lehmann (2003), r / (1 + i - r), which leaves the first payment out.
"""
import json


def cohort_revenue(months, accounts, revenue, new_accounts, churn):
    """Revenue of each month; every cohort of new accounts is followed on its own and pays from the month after."""
    per_account = revenue / accounts
    cohorts = [float(accounts)]
    by_month = []
    for _ in range(months + 1):
        by_month.append(sum(cohorts) * per_account)
        cohorts = [size * (1 - churn) for size in cohorts] + [float(new_accounts)]
    return by_month


def present_value(margin, churn, yearly_rate):
    """Expected payments of one account, each divided by what waiting for it costs."""
    total, alive, month = 0.0, 1.0, 0
    while alive > 0:
        payment = margin * alive / (1 + yearly_rate) ** (month / 12)
        total += payment
        if payment < total * 1e-15:
            break
        alive *= 1 - churn
        month += 1
    return total


def break_even_cost(listed, precision, save_rate, saved_value):
    """Bisects the cost per contact at which a campaign over `listed` accounts ends with neither gain nor loss."""
    low, high = 0.0, saved_value
    for _ in range(200):
        cost = (low + high) / 2
        profit = listed * precision * save_rate * saved_value - listed * cost
        low, high = (cost, high) if profit > 0 else (low, cost)
    return (low + high) / 2


SCENARIOS = [
    dict(accounts=400, revenue=20_000_000, new_accounts=10, churn=0.02, rate=0.12, cut=0.05),
    dict(accounts=35, revenue=1_234_567, new_accounts=0, churn=0.005, rate=0.08, cut=0.25),
    dict(accounts=5_000, revenue=9_900_000, new_accounts=450, churn=0.11, rate=0.16, cut=0.1),
    dict(accounts=10, revenue=100_000, new_accounts=1, churn=1.0, rate=0.12, cut=0.5),
]
MARGIN, MULTIPLE, PRECISION, SAVE_RATE, SAVED_SHARE = 0.75 - 0.05, 5, 0.3, 0.3, 0.5

results = []
for one in SCENARIOS:
    churn, lower = one["churn"], one["churn"] * (1 - one["cut"])
    before = cohort_revenue(36, one["accounts"], one["revenue"], one["new_accounts"], churn)
    after = cohort_revenue(36, one["accounts"], one["revenue"], one["new_accounts"], lower)
    margin = one["revenue"] / one["accounts"] * MARGIN
    worth, worth_after = (present_value(margin, c, one["rate"]) for c in (churn, lower))
    results.append({
        **one,
        "horizons": [
            {"months": n, "revenue": sum(after[:n]) - sum(before[:n]), "company": MULTIPLE * 12 * (after[n] - before[n])}
            for n in (12, 24, 36)
        ],
        "account": worth,
        "accountAfter": worth_after,
        "breakEven": break_even_cost(1000, PRECISION, SAVE_RATE, SAVED_SHARE * worth),
        "existingShare": sum(one["revenue"] * (1 - churn) ** k for k in range(12)) / sum(before[:12]),
    })

multiples = [
    {"retention": r, "rate": i, "multiple": r / (1 + i - r)}
    for r in (0.6, 0.7, 0.8, 0.9) for i in (0.1, 0.12, 0.14, 0.16)
]
print(json.dumps({"scenarios": results, "marginMultiples": multiples}, indent=1))
