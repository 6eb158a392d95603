"""`manage.py load_demo`: builds the demonstration county and prints who may enter."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from reports.demo import load


class Command(BaseCommand):
    help = "载入演示县（名称均为虚构），打印各角色的一次性密码；库中另有数据时拒绝"

    def add_arguments(self, parser: ArgumentParser) -> None:
        choice = parser.add_mutually_exclusive_group()
        choice.add_argument("--if-empty", action="store_true", help="库中已有数据时什么也不做")
        choice.add_argument("--replace", action="store_true", help="先备份，再清空全部数据后载入")

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("生产环境不能载入演示县。")
        if not load.is_empty():
            if options["if_empty"]:
                return
            self._make_room(replace=options["replace"])
        for label, user, password in load.load():
            self.stdout.write(f"{label}  {user.full_name}  账号 {user.username}  密码 {password}")
        self.stdout.write(
            "以上为一次性密码，24 小时内有效，首次登录须改密；三名管理员还须启用动态口令。"
        )

    def _make_room(self, *, replace: bool) -> None:
        if replace:
            call_command("backup", "make", stdout=self.stdout)
        elif not load.holds_only_the_demo():
            raise CommandError("库中有演示县以外的数据；确认清空请加 --replace（会先做备份）。")
        try:
            load.empty_everything()
        except DatabaseError as problem:
            raise CommandError(
                "清空数据须用数据库属主账号，请设置 DATABASE_OWNER_URL。"
            ) from problem
