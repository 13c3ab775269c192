"""Drawings of networks, grids, curves and blocks as small SVG pictures, made from the numbers they show."""
