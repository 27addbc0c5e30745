"""Django REST framework as its users write it: models, serializers, views; the same tables."""

import os
import uuid
from datetime import UTC, datetime
from statistics import median_low
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlsplit

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from rapidfuzz import fuzz, process

from bench.world import TODAY

URL = os.environ.get("BENCH_DATABASE", "sqlite://")
PAGE = 50
ALIKE = 80


def _database() -> dict[str, Any]:
    parts = urlsplit(URL)
    if parts.scheme == "sqlite":
        # Without this, two who write at once are told that the database is locked.
        waits = {"transaction_mode": "IMMEDIATE", "timeout": 30}
        name = URL.removeprefix("sqlite:///")
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": name, "OPTIONS": waits}
    asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.strip("/"),
        "USER": parts.username or "",
        "PASSWORD": parts.password or "",
        "HOST": asked.get("host", parts.hostname or ""),
        "CONN_MAX_AGE": None,
    }


settings.configure(
    SECRET_KEY=uuid.uuid4().hex,
    ALLOWED_HOSTS=["127.0.0.1"],
    DATABASES={"default": _database()},
    INSTALLED_APPS=["rest_framework", "bench"],
    ROOT_URLCONF=__name__,
    USE_TZ=True,
    DEBUG_PROPAGATE_EXCEPTIONS=True,
    REST_FRAMEWORK={
        "DEFAULT_AUTHENTICATION_CLASSES": [],
        "UNAUTHENTICATED_USER": None,
        "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    },
)
django.setup()

from django.db import models, transaction  # noqa: E402  # Django must know its settings first
from django.db.models import Count, Min, Q, Sum  # noqa: E402
from django.urls import path  # noqa: E402
from rest_framework import serializers  # noqa: E402
from rest_framework.request import Request  # noqa: E402
from rest_framework.response import Response  # noqa: E402
from rest_framework.views import APIView  # noqa: E402


class Model(models.Model):
    class Meta:
        abstract = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)


def meta(table: str) -> type:
    found = {"app_label": "bench", "managed": False, "db_table": f"plain_{table}"}
    return type("Meta", (), found)


class Household(Model):
    Meta = meta("household")
    reference = models.TextField()
    name = models.TextField()
    location = models.TextField()
    stream = models.TextField()
    arrived_on = models.DateField()
    programme_code = models.TextField()
    stage = models.TextField()
    stage_since = models.DateField()
    caseworker_id = models.UUIDField()
    size = models.IntegerField()


class Person(Model):
    Meta = meta("person")
    household = models.ForeignKey(Household, models.CASCADE, related_name="members")
    given_name = models.TextField()
    family_name = models.TextField()
    sex = models.TextField()
    born_on = models.DateField()
    role = models.TextField()


class Milestone(Model):
    Meta = meta("milestone")
    household = models.ForeignKey(Household, models.CASCADE, related_name="milestones")
    code = models.TextField()
    domain = models.TextField()
    due_on = models.DateField()
    met_on = models.DateField(null=True)
    version = models.IntegerField()


class Placement(Model):
    Meta = meta("placement")
    household = models.ForeignKey(Household, models.CASCADE, related_name="placements")
    kind = models.TextField()
    location = models.TextField()
    start_on = models.DateField()
    end_on = models.DateField(null=True)
    group_name = models.TextField(null=True)


class Note(Model):
    Meta = meta("note")
    household = models.ForeignKey(Household, models.CASCADE, related_name="notes")
    author_id = models.UUIDField()
    occurred_at = models.DateTimeField()
    channel = models.TextField()
    minutes = models.IntegerField()
    text = models.TextField()


class Word(models.Model):
    Meta = meta("word")
    word = models.TextField()
    person_id = models.UUIDField(primary_key=True)
    household = models.ForeignKey(Household, models.CASCADE, related_name="words")
    location = models.TextField()


class Audit(models.Model):
    Meta = meta("audit")
    id = models.TextField(primary_key=True)
    at = models.TextField()
    user_id = models.TextField()
    action = models.TextField()
    record_id = models.TextField()


def of(kind: type[Model], *left_out: str) -> type[serializers.ModelSerializer]:
    """Make the usual serializer of a model."""
    inner = type("Meta", (), {"model": kind, "exclude": left_out or ("household",)})
    return type(f"{kind.__name__}Serializer", (serializers.ModelSerializer,), {"Meta": inner})


class ListedSerializer(serializers.ModelSerializer):
    next_due = serializers.DateField()
    overdue = serializers.IntegerField()

    class Meta:
        model = Household
        fields = (
            "id", "reference", "name", "location", "stage", "stage_since", "size", "next_due",
            "overdue",
        )  # fmt: skip


class FileSerializer(serializers.ModelSerializer):
    members = of(Person)(many=True)
    placements = of(Placement)(many=True)
    milestones = of(Milestone)(many=True)
    notes = serializers.SerializerMethodField()

    class Meta:
        model = Household
        exclude: ClassVar[tuple[str, ...]] = ("caseworker_id",)

    def get_notes(self, household: Household) -> Any:
        found = household.notes.order_by("-occurred_at", "-id")[:20]
        return of(Note)(found, many=True).data


NoteSerializer = of(Note, "id", "household", "occurred_at")


class Listed(APIView):
    def get(self, _request: Request, **where: Any) -> Response:
        open_ = Q(milestones__met_on=None)
        found = Household.objects.filter(**where)
        rows = found.annotate(
            next_due=Min("milestones__due_on", filter=open_),
            overdue=Count("milestones", filter=open_ & Q(milestones__due_on__lt=TODAY)),
        ).order_by("name", "id")[:PAGE]
        return Response({"items": ListedSerializer(rows, many=True).data, "total": found.count()})


class File(APIView):
    def get(self, _request: Request, id: uuid.UUID) -> Response:  # noqa: A002  # Django's name
        related = ("members", "placements", "milestones")
        household = Household.objects.prefetch_related(*related).get(pk=id)
        return Response(FileSerializer(household).data)


class Search(APIView):
    def get(self, _request: Request, place: str, typed: str) -> Response:
        known = list(Word.objects.filter(location=place).values_list("word", flat=True).distinct())
        found = process.extract(typed, known, scorer=fuzz.ratio, limit=8, score_cutoff=ALIKE)
        named = Household.objects.filter(
            words__location=place, words__word__in=[word for word, _, _ in found]
        )
        rows = named.distinct().order_by("reference")[:PAGE]
        return Response({"items": [{"id": h.id, "reference": h.reference} for h in rows]})


class Stages(APIView):
    def get(self, _request: Request) -> Response:
        by = ("programme_code", "stage", "stage_since")
        rows = Household.objects.values(*by).annotate(households=Count("id"), persons=Sum("size"))
        found: dict[tuple[str, str], list[dict[str, Any]]] = {}
        for row in rows:
            found.setdefault((row["programme_code"], row["stage"]), []).append(row)
        return Response([self._one(*key, parts) for key, parts in found.items()])

    def _one(self, code: str, stage: str, parts: list[dict[str, Any]]) -> dict[str, Any]:
        days = [((TODAY - part["stage_since"]).days, part["households"]) for part in parts]
        return {
            "programme": code,
            "stage": stage,
            "households": sum(part["households"] for part in parts),
            "persons": sum(part["persons"] for part in parts),
            "median": median_low([day for day, count in days for _ in range(count)]),
            "longest": max(day for day, _ in days),
        }


def audited(request: Request, action: str, record_id: uuid.UUID) -> None:
    now, author = datetime.now(UTC).isoformat(), request.data["author_id"]
    given = {"user_id": author, "action": action, "record_id": record_id.hex}
    Audit.objects.create(id=uuid.uuid4().hex, at=now, **given)


class WriteNote(APIView):
    @transaction.atomic
    def post(self, request: Request, id: uuid.UUID) -> Response:  # noqa: A002  # Django's name
        given = NoteSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        note = given.save(household_id=id, occurred_at=datetime.now(UTC))
        audited(request, "note:write", note.id)
        return Response(of(Note)(note).data, status=201)


class Met(APIView):
    @transaction.atomic
    def post(self, request: Request, id: uuid.UUID) -> Response:  # noqa: A002  # Django's name
        milestone = Milestone.objects.select_for_update().get(pk=id)
        milestone.met_on = datetime.fromisoformat(request.data["met_on"]).date()
        milestone.version += 1
        milestone.save()
        audited(request, "milestone:met", milestone.id)
        return Response(of(Milestone)(milestone).data)


urlpatterns = [
    path("read/worker/<uuid:caseworker_id>", Listed.as_view()),
    path("read/place/<str:location>", Listed.as_view()),
    path("read/file/<uuid:id>", File.as_view()),
    path("read/search/<str:place>/<str:typed>", Search.as_view()),
    path("read/stages", Stages.as_view()),
    path("write/note/<uuid:id>", WriteNote.as_view()),
    path("write/met/<uuid:id>", Met.as_view()),
]
app = get_wsgi_application()
