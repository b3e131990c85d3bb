"""Quota account of a city: every tonne that came in or went out, year by year."""

import pandas as pd

RECEIVED = (
    "quota",
    "aid_quota",
    "contract_quota",
    "returned_quota",
    "borrowed_quota",
    "auction_quota",
    "net_purchase",
)
"""Columns that add to what the city holds; a negative purchase is a sale."""
SPENT = ("repaid_quota", "deducted_quota", "freed_quota", "surrendered", "expired_quota")
"""Columns that take from it."""
OPENING, CLOSING = "opening_bank", "bank"


def quota_account(run: pd.DataFrame) -> pd.DataFrame:
    """Return the account of a city in one run, t: a row a year under quota.

    Opening bank + all of `RECEIVED` − all of `SPENT` = closing bank, in whole tonnes.
    """
    table = run.sort_values("year").set_index("year")
    table = table[table["quota"].notna()]
    opening = table[CLOSING].shift(1, fill_value=0.0)
    return table[[*RECEIVED, *SPENT, CLOSING]].assign(**{OPENING: opening})[
        [OPENING, *RECEIVED, *SPENT, CLOSING]
    ]


def over_all_years(account: pd.DataFrame) -> pd.Series:
    """Return the account of all years as one, t: the first opening bank, sums, the last bank."""
    if account.empty:
        return pd.Series(0.0, index=account.columns)
    total = account.sum()
    total[OPENING], total[CLOSING] = account[OPENING].iloc[0], account[CLOSING].iloc[-1]
    return total
