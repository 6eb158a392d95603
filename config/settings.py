"""All settings of the project; values come from the environment through config.env."""

from pathlib import Path

from config import env, outward
from config.logs import LOGGING  # noqa: F401 (a setting)

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env.text("DJANGO_VAR_DIR", str(BASE_DIR / "var")))

# Environment -------------------------------------------------------------------------------
ENVIRONMENT = env.choice("DJANGO_ENV", "development", "test", "production")
PRODUCTION = ENVIRONMENT == "production"
DEBUG = env.flag("DJANGO_DEBUG", default=False)
DEVELOPMENT_KEY = "development-only-" + "x" * 40
SECRET_KEY = env.secret("DJANGO_SECRET_KEY", DEVELOPMENT_KEY)
# Encrypts personal values and seals the log; never stored beside them
FIELD_KEYS = env.secret("FIELD_KEYS", DEVELOPMENT_KEY)
FIELD_CIPHER = env.choice("FIELD_CIPHER", "aes", "sm4")  # for values sealed from now on; both open
SECRET_KEY_FALLBACKS = env.words("DJANGO_SECRET_KEY_FALLBACKS")
ALLOWED_HOSTS = env.words("DJANGO_ALLOWED_HOSTS", "" if PRODUCTION else "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = env.words("DJANGO_CSRF_TRUSTED_ORIGINS")
HTTPS = env.flag("DJANGO_HTTPS", default=PRODUCTION)
if PRODUCTION:
    if DEBUG:
        raise env.SettingError("DJANGO_DEBUG", "生产环境不允许开启调试")
    for name, key in (("DJANGO_SECRET_KEY", SECRET_KEY), ("FIELD_KEYS", FIELD_KEYS)):
        if len(key) < 50 or key == DEVELOPMENT_KEY:
            raise env.SettingError(name, "生产环境必须设置不少于 50 个字符的密钥")
    if not ALLOWED_HOSTS:
        raise env.SettingError("DJANGO_ALLOWED_HOSTS", "生产环境必须写明访问域名")
    for required in ("DATABASE_URL", "REDIS_URL"):
        if not env.text(required):
            raise env.SettingError(required, "生产环境必须设置，不会启动内置数据库")

# Applications ------------------------------------------------------------------------------
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.postgres",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "axes",
    "django_filters",
    "django_htmx",
    "django_tables2",
    "drf_spectacular",
    "import_export",
    "rest_framework",
    "template_partials",
    "core",
    "organizations",
    "accounts",
    "enterprises",
    "members",
    "activities",
    "reports",
]
MIDDLEWARE = [
    "core.request.RequestOriginMiddleware",
    "config.health.HealthMiddleware",
    "core.csp.ContentSecurityPolicyMiddleware",
    "core.errors.BareAnswerMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "core.parameters.ParametersMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "accounts.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.navigation.navigation",
            ],
        },
    }
]
FORM_RENDERER = "core.rendering.UIRenderer"
FILTERS_EMPTY_CHOICE_LABEL = "不限"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Database: role app serves, role owner migrates ---------------------------------------------
DATABASE_ROLE = env.text("DJANGO_DB_ROLE", "app")
DATABASE_VARIABLE = "DATABASE_URL"
if DATABASE_ROLE == "owner" and env.text("DATABASE_OWNER_URL"):
    DATABASE_VARIABLE = "DATABASE_OWNER_URL"
_database = env.database(env.text(DATABASE_VARIABLE, "postgres://app@/app"), DATABASE_VARIABLE)
_session_limits = {
    "client_connection_check_interval": "2s",  # what a dead client began ends with it
    "lock_timeout": "10s",
    "idle_in_transaction_session_timeout": "600s",
    # The web server sets one for itself (config/wsgi.py); jobs may take as long as they need.
    "statement_timeout": f"{env.number('DATABASE_STATEMENT_SECONDS', 0)}s",
}
DATABASES = {
    "default": {
        **_database,
        "OPTIONS": {
            **_database["OPTIONS"],
            "options": " ".join(f"-c {name}={value}" for name, value in _session_limits.items()),
        },
        "CONN_MAX_AGE": env.number("DATABASE_CONN_MAX_AGE", 0 if not PRODUCTION else 600),
        "CONN_HEALTH_CHECKS": True,
    }
}
# The role that post_migrate grants to; empty when one role does everything.
DATABASE_APP_ROLE = (
    env.database(env.text("DATABASE_URL"), "DATABASE_URL")["USER"]
    if env.text("DATABASE_URL")
    else ""
)

# Accounts and sessions ---------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = [
    "accounts.hashers.TunedArgon2",
    "accounts.hashers.SM3Password",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
if env.text("PASSWORD_HASH") == "sm3":  # the first one makes new hashes, all are understood
    PASSWORD_HASHERS.insert(0, PASSWORD_HASHERS.pop(1))
PASSWORD_PROFILE = env.choice("PASSWORD_PROFILE", "dengbao", "asvs")
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "accounts.passwords.ProfileValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "accounts.passwords.WellKnownValidator"},
    {"NAME": "accounts.passwords.OwnNameValidator"},
    {"NAME": "accounts.passwords.HistoryValidator"},
]
LOGIN_URL = "accounts:login"
LOGIN_REDIRECT_URL = "home"
SESSION_ENGINE = "accounts.sessions"
SESSION_IDLE_MINUTES = env.number("SESSION_IDLE_MINUTES", 30, low=10, high=60)
SESSION_COOKIE_AGE = 12 * 3600  # however active; accounts.middleware ends idle sessions
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
if HTTPS:
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sid", "__Host-csrf"
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = False
    SECURE_SSL_REDIRECT = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# W021: a county's intranet name does not belong on the browsers' preload list.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "accounts.views.session.csrf_failure"
SECURE_CSP = {  # the shape of Django 6's setting
    "default-src": ["'self'"],
    "img-src": ["'self'", "data:", "blob:"],
    "object-src": ["'none'"],
    "base-uri": ["'none'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'none'"],
    "report-uri": ["/csp-report"],
}
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = "accounts.throttle.lock_time"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_ENABLE_ACCESS_FAILURE_LOG = True
AXES_VERBOSE = False
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "code", "proof_password", "kept"]
AXES_LOCKOUT_CALLABLE = "accounts.views.session.locked"
AXES_IPWARE_PROXY_COUNT = env.number("PROXY_COUNT", 0, high=10)

# Language and time -------------------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
FORMAT_MODULE_PATH = ["config.formats"]

# Files -------------------------------------------------------------------------------------
STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = VAR_DIR / "staticfiles"
MEDIA_ROOT = VAR_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if ENVIRONMENT == "test"
        else "core.statics.PublishedStorage"
    },
}
FILE_UPLOAD_HANDLERS = ["core.upload.QuotaUploadHandler"]
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
UPLOAD_MAX_BYTES = env.number("UPLOAD_MAX_MB", 200, low=1, high=4096) * 1024 * 1024

# The newest seals of the log of actions are noted here, best on another disk than the database
AUDIT_HEADS = Path(env.text("AUDIT_HEADS") or VAR_DIR / "audit" / "heads.txt")

# Backups: sealed with the passphrase; the keys go elsewhere ----------------------------------
BACKUP_ROOT = Path(env.text("BACKUP_DIR", str(VAR_DIR / "backups")))
BACKUP_PASSPHRASE = env.secret("BACKUP_PASSPHRASE")

# Celery: PostgreSQL is the truth, Redis only rings ------------------------------------------
REDIS_URL = env.text("REDIS_URL", "redis://127.0.0.1:6379/0")
CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TASK_DEFAULT_QUEUE = "short"
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 1_500_000
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 20
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_SOFT_TIME_LIMIT = 7_200  # seconds; a job that takes longer fails with a reason
CELERY_TASK_TIME_LIMIT = 7_500
CELERY_TIMEZONE = TIME_ZONE
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 21_600,
    "unacked_restore_throttle": 1,
    "socket_timeout": 5,
    "socket_connect_timeout": 2,
    "health_check_interval": 25,
}

# A worker that is not heard of for this long has lost its job to the next one.
JOB_LEASE_SECONDS = env.number("JOB_LEASE_SECONDS", 60, low=2, high=3600)

# API ---------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "accounts.authentication.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["accounts.authentication.ApiPermission"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_PAGINATION_CLASS": "core.api.Pages",
    "DEFAULT_THROTTLE_CLASSES": [
        "rest_framework.throttling.AnonRateThrottle",
        "rest_framework.throttling.UserRateThrottle",
    ],
    "DEFAULT_THROTTLE_RATES": {"anon": "30/min", "user": "300/min"},  # of each web process
    "EXCEPTION_HANDLER": "core.api.error_answer",
    "NUM_PROXIES": AXES_IPWARE_PROXY_COUNT,
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "非公企业党建工作管理系统接口",
    "DESCRIPTION": "数据不超出令牌所属账号的范围，与屏幕一样脱敏；登记与页面同一套规则，逐项说明。",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["accounts.authentication.ApiPermission"],
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "COMPONENT_NO_READ_ONLY_REQUIRED": True,
    "ENUM_NAME_OVERRIDES": {
        "AbsenceReason": "activities.models.AbsenceReason",
        "ActivityState": "activities.models.ActivityState",
        "AreaKind": "organizations.models.AreaKind",
        "DecisionKind": "activities.models.DecisionKind",
        "OrganizationKind": "organizations.models.OrganizationKind",
    },
}

# Mail and webhook: off unless set up ---------------------------------------------------------
SITE_URL, MAIL_ENABLED, WEBHOOK = outward.site(), outward.mail(), outward.webhook()
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST, EMAIL_PORT = env.text("MAIL_HOST"), env.number("MAIL_PORT", 587, low=1, high=65535)
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = env.text("MAIL_USER"), env.secret("MAIL_PASSWORD")
EMAIL_USE_TLS, EMAIL_USE_SSL = EMAIL_PORT == 587, EMAIL_PORT == 465
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text("MAIL_FROM")
