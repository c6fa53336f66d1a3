"""All settings, one file. The environment is read on this first screen; without `DEMO` every default is the safe one.

What each variable means stands in README.md; what production refuses to start without stands in `bodycams/checks.py`;
what a line of the log looks like stands in `bodycams/logs.py`.
"""

from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import environ
from django.contrib.messages import constants as message_constants

from bodycams import beat
from bodycams.checks import is_demo
from bodycams.logs import logging_for

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

DEMO = is_demo(env.ENVIRON)
HOME = Path(env("BODYCAMS_HOME", default="") or BASE_DIR / ".data").absolute()
SECRET_KEY = env("SECRET_KEY", default="") or ("demo-only-" + "x" * 50 if DEMO else "")
ALLOWED_HOSTS = [name.strip() for name in env.list("ALLOWED_HOSTS", default=[])] or (
    ["localhost", "127.0.0.1", "[::1]"] if DEMO else []
)
DATABASE_URL = env("DATABASE_URL", default="") or "postgres://127.0.0.1:5432/bodycams"
MIGRATE_DATABASE_URL = env("MIGRATE_DATABASE_URL", default="") or DATABASE_URL
REDIS_URL = env("REDIS_URL", default="") or "redis://127.0.0.1:6379/0"
EMAIL_URL = env("EMAIL_URL", default="") or ("filemail:///" + quote(f"{HOME}/mail") if DEMO else "smtp://localhost:25")
DEFAULT_FROM_EMAIL = env("EMAIL_FROM", default="bodycamregister@localhost")
RECORDINGS_STORAGE = env("RECORDINGS_STORAGE", default="") or "file://" + quote(f"{HOME}/recordings")
LEDGER_IN_HOME = not env("DESTRUCTION_LEDGER", default="")
DESTRUCTION_LEDGER = env("DESTRUCTION_LEDGER", default="") or "file://" + quote(f"{HOME}/destructions")
SIGNING_KEY_FILE = env("SIGNING_KEY_FILE", default="")
PROXIES = int(env("PROXIES", default="") or (0 if DEMO else 1))
SITE_URL = env("SITE_URL", default="") or (
    f"http://localhost:{env('PORT', default='8000')}" if DEMO else f"https://{''.join(ALLOWED_HOSTS[:1]).lstrip('.')}"
)
JOURNAL_MAIL_EVERY = timedelta(hours=int(env("JOURNAL_MAIL_HOURS", default="") or 24))
_valve = env("DESTRUCTION_VALVE", default="") or "1000"
DESTRUCTION_VALVE = None if _valve == "off" else int(_valve)
SECURITY_CONTACT = env("SECURITY_CONTACT", default="https://www.ncsc.nl/contact/kwetsbaarheid-melden")

DEBUG = False
ROOT_URLCONF = "bodycams.urls"
WSGI_APPLICATION = "bodycams.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "bodycams",
    "journal",
    "workflow",
    "organisation",
    "initiatives",
    "inventory",
    "retention",
    "guardian",
    "axes",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
]

OF_EVERY_ANSWER = [  # also of what the web server itself says
    "bodycams.api.manners.Manners",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "bodycams.middleware.NoStore",
    "django.middleware.security.SecurityMiddleware",
]
MIDDLEWARE = [
    "bodycams.request_id.RequestId",
    *OF_EVERY_ANSWER,
    "bodycams.staticfiles.Files",
    "bodycams.middleware.KnownMethods",
    "bodycams.middleware.Readable",
    "bodycams.serving.Serving",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "bodycams.sessions.SessionLimits",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "bodycams.kept_forms.LoginRequired",
    "bodycams.kept_forms.CleanText",
    "django.contrib.messages.middleware.MessageMiddleware",
    "axes.middleware.AxesMiddleware",
]

# --- data -----------------------------------------------------------------------------------------

DATABASES = {
    "default": {
        **env.db_url_config(DATABASE_URL),
        "ENGINE": "django.db.backends.postgresql",
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": 5},
    }
}
APPLICATION_ROLE = DATABASES["default"].get("USER", "")
MIGRATE_DATABASE = env.db_url_config(MIGRATE_DATABASE_URL)
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024**2
DATA_UPLOAD_MAX_NUMBER_FILES = None  # what is too many is let go by, and the form is not lost with it
FILE_UPLOAD_HANDLERS = ["bodycams.uploads.arrival.Arrival"]

# --- who comes in ---------------------------------------------------------------------------------

AUTH_USER_MODEL = "organisation.Person"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "initiatives.backends.Backend",
    "guardian.backends.ObjectPermissionBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["number", "email"]},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
PASSWORD_RESET_TIMEOUT = int(timedelta(days=3).total_seconds())
ANONYMOUS_USER_NAME = None
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "my-work"
LOGOUT_REDIRECT_URL = "login"

SESSION_ENDS_AFTER = timedelta(hours=8) if DEMO else timedelta(hours=10)
SESSION_ENDS_UNUSED = None if DEMO else timedelta(minutes=15)
SESSION_WARNS_UNUSED = timedelta(minutes=13)
SESSION_COOKIE_AGE = int(SESSION_ENDS_AFTER.total_seconds())
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_DISABLE_ACCESS_LOG = True
AXES_USERNAME_FORM_FIELD = "username"
AXES_USERNAME_CALLABLE = "organisation.throttle.key_of_attempt"
AXES_CLIENT_IP_CALLABLE = "organisation.throttle.client_address"
AXES_LOCKOUT_CALLABLE = "organisation.views.door.locked_out"
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "next", "csrfmiddlewaretoken"]

# --- how the browser must behave ------------------------------------------------------------------

COOKIE_PREFIX = "" if DEMO else "__Host-"
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}session"
SESSION_COOKIE_SECURE = not DEMO
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}csrf"
CSRF_COOKIE_SECURE = not DEMO
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "bodycams.errors.forged_or_stale"
SECURE_SSL_REDIRECT = not DEMO
SECURE_REDIRECT_EXEMPT = [r"^health/"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXIES else None
SECURE_HSTS_SECONDS = 0 if DEMO else int(timedelta(days=730).total_seconds())
SECURE_HSTS_INCLUDE_SUBDOMAINS = not DEMO
SECURE_HSTS_PRELOAD = not DEMO
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],  # not 'none': Firefox counts icons from the sprite under it
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "object-src": ["'none'"],
        "frame-src": ["'none'"],
        "worker-src": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    feature: []
    for feature in (
        "accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "geolocation",
        "gyroscope", "magnetometer", "microphone", "midi", "payment", "picture-in-picture", "serial", "usb",
    )
}  # fmt: skip

# --- language and time ----------------------------------------------------------------------------

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands")]
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True
USE_THOUSAND_SEPARATOR = True

# --- pages ----------------------------------------------------------------------------------------

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
                "bodycams.context.site",
                "organisation.context.house",
            ],
        },
    },
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "NAME": "jinja",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {"environment": "bodycams.templatetags.look.environment"},
    },
]
MESSAGE_STORAGE = "bodycams.messages.Storage"
MESSAGE_TAGS = {message_constants.SUCCESS: "ok"}  # the tones of components/alert.html
FORM_RENDERER = "bodycams.forms.Renderer"
STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "bodycams.staticfiles.Storage"},
}
MEDIA_ROOT = HOME / "media"
JOURNAL_ANCHORS = HOME / "anchors" / "journal.txt"

# --- mail, and what is logged ---------------------------------------------------------------------

vars().update(env.email_url_config(EMAIL_URL))
EMAIL_TIMEOUT = 10
LOGGING = logging_for(people=DEMO)

# --- the worker -----------------------------------------------------------------------------------

CELERY_BROKER_URL = REDIS_URL
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 3600,
    "socket_connect_timeout": 2,
    "max_retries": 1,  # a page does not wait for a broker that is down
    "interval_start": 0,
}
CELERY_TASK_DEFAULT_QUEUE = "bodycams"
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_SOFT_TIME_LIMIT = 1500
CELERY_TASK_TIME_LIMIT = 1800
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULER = "bodycams.celery.Beat"
CELERY_BEAT_MAX_LOOP_INTERVAL = 5
CELERY_BEAT_SCHEDULE = beat.SCHEDULE
