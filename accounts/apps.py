"""The app's place in the project."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate

VERBS = {
    "account.create": "新建账号",
    "account.rename": "更正姓名",
    "account.reset": "重置密码",
    "account.password": "修改密码",
    "account.active": "停用或启用账号",
    "account.unlock": "解除锁定",
    "account.sign_in": "登录",
    "account.sign_out": "退出登录",
    "account.locked": "登录锁定",
    "account.sessions": "结束会话",
    "account.factor_on": "启用动态口令",
    "account.factor_off": "停用动态口令",
    "account.recovery": "使用恢复码登录",
    "account.recovery_renewed": "更换恢复码",
    "account.handover": "交接工作",
    "account.mail": "设置邮件提醒",
    "grant.give": "授权",
    "grant.end": "终止授权",
    "grant.delegate": "委托代办",
    "grant.revoke": "撤回委托",
    "act.propose": "提出双人办理事项",
    "act.confirmed": "复核同意",
    "act.refused": "复核退回",
    "act.withdrawn": "撤回双人办理事项",
    "role.setting": "修改角色设置",
    "reminder.save": "修改提醒规则",
    "reminder.day": "登记节假日和调休",
    "calendar.create": "新建日历订阅地址",
    "calendar.revoke": "停用日历订阅地址",
    "token.create": "新建接口令牌",
    "token.revoke": "停用接口令牌",
}


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "账户"

    def ready(self) -> None:
        from accounts import closing, holiday_sheet, reminder_standard, restoring
        from accounts.audience import post_holders
        from accounts.sheets import register_sheets
        from core import audit, readable
        from organizations import audience

        readable.register_words("accounts", successor="接手人")
        register_sheets()
        holiday_sheet.register_sheet()
        closing.register()
        restoring.register()

        audience.register(post_holders)
        post_migrate.connect(
            reminder_standard.after_migrate, sender=self, dispatch_uid="accounts.rules"
        )
        for verb, label in VERBS.items():
            audit.register_verb(verb, label)
        _register_jobs()


def _register_jobs() -> None:
    """What is done each night, and in the morning."""
    from accounts import mailing
    from accounts.reminding import evaluate
    from accounts.services.nightly import tidy_accounts
    from core import jobs
    from core.dates import today

    jobs.register(
        "accounts.tidy",
        "停用长期未登录账号",
        "short",
        run=lambda run: tidy_accounts(),
        nightly=True,
    )
    jobs.register(
        "accounts.reminders",
        "发送到期提醒",
        "short",
        run=lambda run: run.finish(message=f"发送 {evaluate(today())} 条提醒"),
        nightly=True,
    )
    jobs.register(
        "accounts.mail",
        "发送邮件提醒",
        "short",
        run=mailing.send_all,
        nightly=True,
        hour=mailing.HOUR,
    )
