"""Sign-in at a region's own identity provider: OpenID Connect, code flow with PKCE."""

import hashlib
import hmac
import json
import logging
import time
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

import httpx2
from authlib.integrations.base_client import OAuthError
from authlib.integrations.starlette_client import OAuth
from joserfc.errors import JoseError
from starlette.concurrency import run_in_threadpool

from assistant.settings import Settings
from assistant.web.person import Role, User, role_written
from assistant.web.sign_in import NotSignedIn
from assistant.web.vault import Vault
from ingest.errors import InputError

FLOW_AGE = 600.0  # seconds to sign in at the provider
LEEWAY = 60  # seconds that the provider's clock may differ
# Signed with a key that only the provider has: never "none", never our own client secret.
SIGNED = frozenset(
    {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"}
)
_LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})
_FAULTS = (OAuthError, JoseError, httpx2.HTTPError, ValueError, RuntimeError, KeyError, TypeError)
_log = logging.getLogger(__name__)


STALE = "Inloggningen tog för lång tid eller hörde inte till den här webbläsaren. Försök igen."
CANCELLED = "Inloggningen avbröts hos identitetstjänsten. Försök igen."
UNTRUSTED = (
    "Svaret från identitetstjänsten gick inte att lita på, så du är inte inloggad. Försök igen; "
    "hjälper det inte, hör av dig till den som sköter assistenten."
)
SILENT = "Identitetstjänsten svarar inte som den ska just nu. Försök igen om en stund."


class Provider:
    """The identity provider that the settings name. Nothing is fetched before it is needed."""

    def __init__(
        self,
        settings: Settings,
        vault: Vault,
        secret: bytes,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """InputError where the settings do not name a provider that can be trusted."""
        issuer, client = settings.oidc_issuer, settings.oidc_client
        if not issuer or not client:
            raise InputError(
                "Inloggning med oidc kräver SIP_OIDC_ISSUER och SIP_OIDC_CLIENT. Ange dem, eller "
                "välj SIP_SIGN_IN=lokal."
            )
        if not _safe(issuer):
            raise InputError(
                "SIP_OIDC_ISSUER ska börja med https://. Bara en tjänst på den egna datorn får "
                "nås med http://."
            )
        self._issuer = issuer
        self._client = client
        self._claim = settings.oidc_role_claim
        self._vault = vault
        self._secret = secret
        self._clock = clock
        known = settings.oidc_secret.get_secret_value() if settings.oidc_secret else None
        self._app: Any = OAuth().register(
            "identitet",
            client_id=client,
            client_secret=known,
            server_metadata_url=issuer.rstrip("/") + "/.well-known/openid-configuration",
            client_kwargs={
                "scope": "openid profile",
                "code_challenge_method": "S256",
                "token_endpoint_auth_method": "client_secret_basic" if known else "none",
                "timeout": 10.0,
            },
        )

    async def start(self, binding: str, redirect_uri: str, onward: str) -> str:
        """Where to send the browser. `onward` is where it goes when the person is signed in.

        What only the answer may know (nonce, verifier) is kept here, bound to the browser by
        `binding`. NotSignedIn where the provider cannot be reached.
        """
        try:
            await self._metadata()
            made = await self._app.create_authorization_url(redirect_uri)
        except _FAULTS as error:
            raise self._failed(error, SILENT, 502) from None
        held = {
            "nonce": made["nonce"],
            "verifier": made["code_verifier"],
            "redirect_uri": redirect_uri,
            "onward": onward,
        }
        await run_in_threadpool(self._keep, self._key(binding, made["state"]), json.dumps(held))
        return str(made["url"])

    async def finish(self, binding: str, sent: Mapping[str, str]) -> tuple[User, str]:
        """Who signed in, and where the browser was going, from what the provider sent back.

        A flow can be finished once, by the browser that began it. NotSignedIn otherwise, and
        where the token is not signed by this provider, for us, for this flow, and lately.
        """
        held = await run_in_threadpool(self._take, self._key(binding, sent.get("state", "")))
        if not binding or held is None:
            raise NotSignedIn(STALE, 400)
        try:
            metadata = await self._metadata()
            # RFC 9207: which provider says that it answers.
            said = sent.get("iss")
            if said is None and metadata.get("authorization_response_iss_parameter_supported"):
                raise ValueError("iss")
            if said is not None and said != self._issuer:
                raise ValueError("iss")
            if "error" in sent:
                raise NotSignedIn(CANCELLED, 403)
            token = await self._app.fetch_access_token(
                redirect_uri=held["redirect_uri"],
                code=sent["code"],
                code_verifier=held["verifier"],
            )
            # Given both, and no class of claims, it also checks that they belong together.
            claims = await self._app.parse_id_token(
                {"id_token": token["id_token"], "access_token": token["access_token"]},
                nonce=held["nonce"],
                claims_options={
                    "iss": {"essential": True, "value": self._issuer},
                    "aud": {"essential": True, "value": self._client},
                },
                leeway=LEEWAY,
            )
            return self._user(claims), held["onward"]
        except httpx2.HTTPError as error:
            raise self._failed(error, SILENT, 502) from None
        except _FAULTS as error:
            raise self._failed(error, UNTRUSTED, 403) from None

    async def _metadata(self) -> dict[str, Any]:
        app = self._app
        metadata: dict[str, Any] = await app.load_server_metadata()
        names = ("authorization_endpoint", "token_endpoint", "jwks_uri")
        if metadata.get("issuer") != self._issuer or not all(
            _safe(str(metadata.get(name))) for name in names
        ):
            app.server_metadata.clear()  # asked for again when the provider has been mended
            raise RuntimeError("metadata")
        offered = metadata.get("id_token_signing_alg_values_supported") or ["RS256"]
        metadata["id_token_signing_alg_values_supported"] = [a for a in offered if a in SIGNED]
        return metadata

    def _user(self, claims: Mapping[str, Any]) -> User:
        subject = claims["sub"]
        if not isinstance(subject, str) or not subject:
            raise ValueError("sub")
        shown = claims.get("name") or claims.get("preferred_username")
        return User(
            shown[:80] if isinstance(shown, str) and shown else "inloggad",
            self._pseudonym(subject),
            role(claims, self._claim),
        )

    def _pseudonym(self, subject: str) -> str:
        """Stable for the person, and worth nothing to whoever does not have the secret."""
        whole = json.dumps(["oidc", self._issuer, subject]).encode()
        return hmac.new(self._secret, whole, hashlib.sha256).hexdigest()[:32]

    def _key(self, binding: str, state: str) -> str:
        whole = json.dumps(["flow", binding, state]).encode()
        return hmac.new(self._secret, whole, hashlib.sha256).hexdigest()

    def _keep(self, key: str, held: str) -> None:
        now = self._clock()
        with self._vault.change() as change:
            change.execute("DELETE FROM flows WHERE until < ?", (now,))
            change.execute("INSERT INTO flows VALUES (?, ?, ?)", (key, held, now + FLOW_AGE))

    def _take(self, key: str) -> dict[str, str] | None:
        with self._vault.change() as change:
            row = change.execute(
                "DELETE FROM flows WHERE key = ? RETURNING held, until", (key,)
            ).fetchall()
        if not row or row[0][1] < self._clock():
            return None
        held: dict[str, str] = json.loads(row[0][0])
        return held

    def _failed(self, error: BaseException, said: str, status: int) -> NotSignedIn:
        # Never the error's own text: it may hold what the token says of a person.
        _log.warning("inloggningen hos identitetstjänsten misslyckades: %s", type(error).__name__)
        return NotSignedIn(said, status)


def role(claims: Mapping[str, Any], claim: str) -> Role:
    """The highest role that the claim gives, `user` where it gives none.

    `claim` is a claim's name, or a path into one with dots: `realm_access.roles`.
    """
    found: Any = claims
    if claim in claims:
        found = claims[claim]
    else:
        for part in claim.split("."):
            found = found.get(part) if isinstance(found, Mapping) else None
    given = [found] if isinstance(found, str) else found if isinstance(found, list) else []
    roles = [role_written(one) for one in given if isinstance(one, str)]
    return max((one for one in roles if one is not None), default=Role.USER)


def _safe(address: str) -> bool:
    """Whether nobody on the way can change what the address answers."""
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        return False
    return bool(host) and (parts.scheme == "https" or (parts.scheme == "http" and host in _LOCAL))
