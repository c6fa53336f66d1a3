"""All settings, one file. The environment is read on this first screen; without `DEMO` every default is the safe one.

What each variable means stands in README.md; what production refuses to start without stands in `bodycams/checks.py`.
"""

from pathlib import Path

import environ
from django.contrib.messages import constants as message_constants

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

DEMO = env.bool(
    "DEMO", default=not any(name in env.ENVIRON for name in ("DATABASE_URL", "SECRET_KEY", "ALLOWED_HOSTS"))
)
HOME = Path(env("BODYCAMS_HOME", default=str(BASE_DIR / ".data")))
SECRET_KEY = env("SECRET_KEY", default="demo-only-" + "x" * 50 if DEMO else "")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"] if DEMO else [])
DATABASE_URL = env("DATABASE_URL", default="")
MIGRATE_DATABASE_URL = env("MIGRATE_DATABASE_URL", default=DATABASE_URL)
REDIS_URL = env("REDIS_URL", default="redis://127.0.0.1:6379/0")
EMAIL = env.email_url("EMAIL_URL", default=f"filemail:///{HOME}/mail" if DEMO else "smtp://localhost:25")

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
    "guardian",
    "axes",
    "csp",
    "django_structlog",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "axes.middleware.AxesMiddleware",
]

# --- data -----------------------------------------------------------------------------------------

DATABASES = {
    "default": {
        **env.db_url_config(DATABASE_URL or "postgres://127.0.0.1:5432/bodycams"),
        "ENGINE": "django.db.backends.postgresql",
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,
    }
}
APPLICATION_ROLE = DATABASES["default"].get("USER", "")
MIGRATE_DATABASE = env.db_url_config(MIGRATE_DATABASE_URL or "postgres://127.0.0.1:5432/bodycams")

# --- who comes in ---------------------------------------------------------------------------------

AUTH_USER_MODEL = "organisation.Person"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "guardian.backends.ObjectPermissionBackend",
]
ANONYMOUS_USER_NAME = None
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "my-work"
LOGOUT_REDIRECT_URL = "login"
SESSION_ENGINE = "django.contrib.sessions.backends.db"

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
            ],
        },
    },
]
MESSAGE_TAGS = {message_constants.SUCCESS: "ok"}  # the tones of components/alert.html
FORM_RENDERER = "bodycams.forms.Renderer"
STATIC_URL = "static/"
STATIC_ROOT = HOME / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "bodycams.staticfiles.Storage"},
}
MEDIA_ROOT = HOME / "media"

# --- the worker -----------------------------------------------------------------------------------

CELERY_BROKER_URL = REDIS_URL
