"""Developing party members: dated rules, cases, steps, gates, plan, figures."""
