"""Calibration: targets and priors written down first, a fit that sees nothing else, and checks of the fit."""
