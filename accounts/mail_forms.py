"""What the wish for a daily mail asks."""

from django import forms

from core.models import MessageKind


class MailForm(forms.Form):
    address = forms.EmailField(
        label="邮箱地址",
        max_length=200,
        help_text="每个工作日早晨一封，只说有几条未读，不写内容",
        error_messages={"invalid": "请填写完整的邮箱地址，如 name@example.cn。"},
    )
    kinds = forms.MultipleChoiceField(
        label="提醒类别", choices=MessageKind.choices, widget=forms.CheckboxSelectMultiple
    )
    is_on = forms.BooleanField(label="启用", required=False)
