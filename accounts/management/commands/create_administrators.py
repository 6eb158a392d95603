"""Makes the three administrators of an empty installation and prints their one-time passwords."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from accounts.services import ADMINISTRATORS, create_administrators


class Command(BaseCommand):
    help = "在空系统中建立系统、安全、审计三名管理员，打印一次性密码（24 小时内有效）"

    def add_arguments(self, parser: ArgumentParser) -> None:
        for _, label, role in ADMINISTRATORS:
            parser.add_argument(f"--{role.split('_')[0]}", required=True, help=f"{label}姓名")

    def handle(self, *args: Any, **options: Any) -> None:
        names = {role: options[role.split("_")[0]] for _, _, role in ADMINISTRATORS}
        try:
            made = create_administrators(names)
        except ValidationError as problem:
            raise CommandError(problem.messages[0]) from None
        labels = {username: label for username, label, _ in ADMINISTRATORS}
        for user, password in made:
            line = (
                f"{labels[user.username]} {user.full_name}  账号 {user.username}  密码 {password}"
            )
            self.stdout.write(line)
