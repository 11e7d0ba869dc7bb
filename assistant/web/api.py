"""REST for other programs: the same answers as the page and the command line."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from fastapi import APIRouter, FastAPI, HTTPException, Request, Security
from fastapi.encoders import jsonable_encoder
from fastapi.openapi.utils import get_openapi
from fastapi.responses import JSONResponse, RedirectResponse
from fastapi.security import HTTPBearer

from assistant import regions, render
from assistant.answer import Question
from assistant.chain import Assistant
from assistant.rules import Rule, all_rules, compute
from assistant.rules.given import declared, label
from assistant.rules.tools import asked, group_of
from assistant.understand import find_region
from assistant.web import api_models as models
from assistant.web import identified
from assistant.web.limits import Limiter, Workers
from ingest.errors import InputError

WRITES_A_MINUTE = 15
TITLE = "SIP-assistenten"
_ABOUT = (
    "Frågor och svar om SIP och samverkan vid utskrivning, ur fem regioners riktlinjer, med källa "
    "för varje mening. Ingenting av en fråga sparas. Fel är JSON med `error` på svenska."
)
# For the description alone: it is the middleware that knows whose key it is.
_KEY = HTTPBearer(
    scheme_name="nyckel",
    description="Ett programs nyckel, när inloggning är påslagen. Den som sköter assistenten gör "
    "den med `sip user key NAMN`. Frågorna räknas då på programmet, inte på adressen.",
    auto_error=False,
)
_FAULTS: dict[int | str, dict[str, Any]] = {
    401: {"model": models.Fault, "description": "Inloggning eller en giltig nyckel krävs."},
    413: {"model": models.Fault, "description": "För stort."},
    422: {"model": models.Fault, "description": "Uppgifterna går inte att använda."},
    429: {"model": models.Fault, "description": "För många på en minut; se Retry-After."},
    503: {"model": models.Fault, "description": "Många frågar just nu; se Retry-After."},
    504: {"model": models.Fault, "description": "Det tog för lång tid."},
}


def api(
    assistant: Assistant,
    today: Callable[[], date],
    workers: Workers,
    *,
    writes_a_minute: int = WRITES_A_MINUTE,
) -> APIRouter:
    """The routes under /api."""
    router = APIRouter(prefix="/api")
    people = APIRouter(dependencies=[*identified.users_only(), Security(_KEY)])
    limiter = Limiter(writes_a_minute)

    def count(request: Request) -> None:
        seconds = limiter.wait(identified.key(request))
        if seconds:
            raise HTTPException(429, headers={"Retry-After": str(seconds)})

    @people.post(
        "/ask",
        summary="Besvara en fråga",
        response_model=models.Answered,
        responses=_FAULTS,
    )
    async def ask(request: Request, asked_for: models.Ask) -> JSONResponse:
        """Svaret på samtalets sista fråga, med källorna som bär det."""
        count(request)
        question = Question(
            tuple(asked_for.turns), _region(asked_for.region), asked_for.as_of or today()
        )
        answer = await workers.run(assistant.reply, question, identified.subject(request))
        return JSONResponse(jsonable_encoder(render.as_json(answer)))

    @people.post(
        "/compute",
        summary="Räkna med en regel",
        response_model=models.Computed,
        responses=_FAULTS | {404: {"model": models.Fault, "description": "Okänd regel."}},
    )
    async def compute_one(request: Request, asked_for: models.Compute) -> JSONResponse:
        """Regeln tillämpad på uppgifterna, med varje steg i ord och bestämmelserna bakom."""
        count(request)
        if asked_for.rule not in all_rules():
            raise HTTPException(404)
        made = await workers.run(
            compute, asked_for.rule, asked_for.inputs, asked_for.as_of or today()
        )
        return JSONResponse(jsonable_encoder(asdict(made)))

    @people.get("/rules", summary="Reglerna som kan räknas", response_model=list[models.RuleShown])
    def rules(region: str | None = None) -> list[models.RuleShown]:
        """Varje regel med uppgifterna som den kan behöva; en regions, om den anges."""
        where = _region(region)
        return [_shown(r) for r in all_rules().values() if where in (None, r.region)]

    @people.get("/regions", summary="Regionerna", response_model=list[models.RegionShown])
    def all_regions() -> list[models.RegionShown]:
        """Sveriges regioner, och vilka av dem som assistenten har en riktlinje för."""
        return [models.RegionShown(**asdict(r)) for r in regions.all_regions().values()]

    @router.get("/health", summary="Svarar assistenten?", response_model=models.Health)
    def health() -> models.Health:
        """För övervakning. Kräver ingen inloggning och säger ingenting om vad som frågas."""
        corpus = assistant.corpus
        return models.Health(
            status="ok",
            version=_version(),
            provisions=len(corpus.provisions),
            edition=corpus.fingerprint[:12],
        )

    @router.get("/docs", include_in_schema=False)
    def docs() -> RedirectResponse:
        return RedirectResponse("/api/openapi.json")

    router.include_router(people)
    _describe(router)
    return router


def _describe(router: APIRouter) -> None:
    @router.get("/openapi.json", include_in_schema=False)
    def openapi() -> JSONResponse:
        return JSONResponse(_schema())

    @lru_cache(maxsize=1)
    def _schema() -> dict[str, Any]:
        alone = FastAPI()
        alone.include_router(router)
        return get_openapi(title=TITLE, version=_version(), description=_ABOUT, routes=alone.routes)


def _region(written: str | None) -> str | None:
    """The region's id. InputError that does not repeat what was written: it may be a question."""
    if written is None or not written.strip():
        return None
    try:
        return find_region(written).id
    except InputError:
        known = ", ".join(r.id for r in regions.with_guideline())
        raise InputError(f"Regionen känner jag inte till. Välj mellan {known}.") from None


def _shown(rule: Rule) -> models.RuleShown:
    return models.RuleShown(
        id=rule.id,
        region=rule.region,
        question=rule.question,
        topic=group_of(rule.id).name,
        inputs=[
            models.InputAsked(name=name, label=label(name), kind=declared().kinds[name])
            for name in asked(rule)
        ],
        provisions=list(rule.provisions),
    )


def _version() -> str:
    try:
        return version("sip-assistenten")
    except PackageNotFoundError:
        return "okänd"
