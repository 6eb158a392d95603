"""Prints the coverage of each reporting unit as of a day."""

import json
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.dates import parse_date, today
from reports.conditions import POPULATION
from reports.coverage import Measurement, measure
from reports.indicators import INDICATORS


class Command(BaseCommand):
    help = "核算某一时点各单位的党的组织覆盖率和工作覆盖率"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--as-of", default="", metavar="DATE", help="时点，默认今天")
        parser.add_argument("--population", choices=POPULATION, help="口径，默认按口径参数")
        parser.add_argument("--json", action="store_true", help="只输出一个 JSON 对象")

    def handle(self, *args: Any, **options: Any) -> None:
        found = measure(asked_day(options["as_of"]), population=options["population"])
        if options["json"]:
            self.stdout.write(json.dumps(as_object(found), ensure_ascii=False))
        else:
            self._print(found)

    def _print(self, found: Measurement) -> None:
        population = POPULATION[found.population]
        self.stdout.write(f"时点 {found.as_of}  口径 {population.label}（{population.basis}）")
        for figures in found.units:
            self.stdout.write(f"\n{figures.unit.name}")
            for indicator in INDICATORS:
                rate = figures.rate(indicator)
                words = "不可计算" if rate is None else str(rate)
                self.stdout.write(f"  {indicator.label}  {words}")
            if figures.unit.is_county:
                self.stdout.write(f"  未认领企业  {figures.unclaimed} 家（不在任何口径内）")
            if waiting := figures.counts["undetermined"]:
                self.stdout.write(f"  控股情况待认定  {waiting} 家（不在任何口径内）")


def asked_day(text: str) -> date:
    """The day in an option of a command, today if none is given; raises CommandError."""
    if not text:
        return today()
    found = parse_date(text)
    if found.day is None:
        raise CommandError(f"“{text}”不是日期，请写成 2026-03-31 的样子")
    return found.day


def as_object(found: Measurement) -> dict[str, Any]:
    """What --json prints; a numerator that cannot be known is null."""
    return {
        "as_of": found.as_of.isoformat(),
        "population": found.population,
        "units": [
            {
                "code": figures.unit.code,
                "name": figures.unit.name,
                "path": figures.unit.path,
                "indicators": {
                    indicator.key: {
                        "numerator": rate and rate.numerator,
                        "denominator": figures.counts[f"{indicator.key}_denominator"],
                    }
                    for indicator in INDICATORS
                    for rate in [figures.rate(indicator)]
                },
            }
            for figures in found.units
        ],
    }
