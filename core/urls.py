"""Routes of jobs, messages and drafts."""

from django.urls import path

from core.views import audit, drafts, history, jobs, messages, parameters, reveal

app_name = "core"
urlpatterns = [
    path("jobs/", jobs.job_list, name="job_list"),
    path("jobs/<uuid:pk>", jobs.job_detail, name="job_detail"),
    path("jobs/<uuid:pk>/bar", jobs.job_bar, name="job_bar"),
    path("jobs/<uuid:pk>/cancel", jobs.job_cancel, name="job_cancel"),
    path("jobs/<uuid:pk>/retry", jobs.job_retry, name="job_retry"),
    path("jobs/<uuid:pk>/result", jobs.job_result, name="job_result"),
    path("messages", messages.message_list, name="message_list"),
    path("messages/read", messages.messages_read, name="messages_read"),
    path("messages/<int:pk>", messages.message, name="message"),
    path("audit/", audit.AuditList.as_view(), name="audit_list"),
    path("audit/verify", audit.audit_verify, name="audit_verify"),
    path("history/<int:pk>/<str:side>/<str:name>", history.history_restore, name="history_restore"),
    path("reveal/<str:model>/<int:pk>/<str:field>", reveal.reveal, name="reveal"),
    path("parameters/", parameters.parameter_list, name="parameter_list"),
    path("drafts/<slug:form_key>", drafts.draft_save, name="draft_save"),
    path("drafts/<slug:form_key>/discard", drafts.draft_discard, name="draft_discard"),
]
