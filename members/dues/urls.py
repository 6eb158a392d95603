"""Routes of dues."""

from django.urls import path

from members.views import dues, dues_lists, dues_terms

routes = [
    path("dues/", dues_lists.DuesList.as_view(), name="dues_list"),
    path("dues/late", dues_lists.LateList.as_view(), name="dues_late"),
    path("dues/<int:pk>", dues.sheet, name="dues_sheet"),
    path("dues/<int:pk>/bases", dues_terms.bases, name="dues_bases"),
    path("dues/<int:pk>/reliefs", dues_terms.relief_list, name="dues_reliefs"),
    path("dues/<int:pk>/reliefs/new", dues_terms.relief_new, name="dues_relief_new"),
    path("dues/reliefs/<int:pk>", dues_terms.relief_detail, name="dues_relief"),
    path("dues/reliefs/<int:pk>/decide", dues_terms.relief_decide, name="dues_relief_decide"),
    path("dues/receipts/<int:pk>", dues.receipt, name="dues_receipt"),
]
