"""Editions of the national overview: published by two people, made once, kept for good, and known again.

What is on an overview, and how it is drawn, is in `initiatives/overview/`.
"""
