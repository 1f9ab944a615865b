"""Published adoption rules, each in the place of a shipped rule of cashless_sim."""

RULES = {
    "information passing": "published_rules.banerjee2013:Awareness",
    "threshold": "published_rules.rogers2003:Consider",
    "planned behaviour": "published_rules.rai_robinson2015:Consider",
}
"""Where each rule is, by the name of its theory; the class bears the name of the shipped rule that it replaces."""
