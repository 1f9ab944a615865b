"""Where, when and with which channel to spend: a plan under budgets, floors and risk, re-checked on fresh luck."""
