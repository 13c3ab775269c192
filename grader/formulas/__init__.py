"""Formulas compared: equal or not, in the form asked or not, and which usual slip."""
