"""The app's place in the project."""

from django.apps import AppConfig

VERBS = {
    "account.create": "新建账号",
    "account.reset": "重置密码",
    "account.password": "修改密码",
    "account.active": "停用或启用账号",
    "account.unlock": "解除锁定",
    "grant.give": "授权",
    "grant.end": "终止授权",
    "token.create": "新建接口令牌",
    "token.revoke": "停用接口令牌",
}


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "账户"

    def ready(self) -> None:
        from core import audit

        for verb, label in VERBS.items():
            audit.register_verb(verb, label)
